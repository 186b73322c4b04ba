import type { Flag } from '@assay/server/contract';
import { Plus, X } from 'lucide-react';
import { isKey } from '../../lib/key.ts';
import { VariantBadge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import type { PartProps } from './editor.tsx';
import { isValue, type FlagType, type VariantDraft } from './model.ts';
import { useText } from './text.ts';

type VariantsProps = PartProps & { type: FlagType; stored: Flag };

export function VariantsCard({ type, stored, draft, onChange, isReadOnly }: VariantsProps) {
  const t = useText();
  const put = (variants: readonly VariantDraft[]) => {
    onChange({ ...draft, variants });
  };
  const storedKeys = new Set(stored.variants.map(({ key }) => key));
  return (
    <Card title={t.editor.variants} note={t.editor.variantsNote(t.types[type])}>
      <div className="flex flex-col gap-2 px-4 pb-4">
        {draft.variants.map((variant, i) => (
          <div key={variant.id} className="flex items-end gap-2">
            <span className="pb-1.5">
              <VariantBadge index={i} />
            </span>
            <div className="grid min-w-0 flex-1 grid-cols-3 gap-2 max-sm:grid-cols-1">
              <TextField
                label={t.editor.variantKey}
                mono
                value={variant.key}
                isReadOnly={isReadOnly || storedKeys.has(variant.id)}
                onChange={(key) => {
                  put(draft.variants.map((one) => (one === variant ? { ...variant, key } : one)));
                }}
                error={variant.key === '' || isKey(variant.key) ? undefined : '?'}
              />
              <ValueField
                type={type}
                variant={variant}
                isReadOnly={isReadOnly}
                onChange={(text) => {
                  put(draft.variants.map((one) => (one === variant ? { ...variant, text } : one)));
                }}
              />
              <TextField
                label={t.editor.variantName}
                value={variant.name}
                isReadOnly={isReadOnly}
                onChange={(name) => {
                  put(draft.variants.map((one) => (one === variant ? { ...variant, name } : one)));
                }}
              />
            </div>
            {!isReadOnly && (
              <IconButton
                label={t.editor.removeVariant(variant.key)}
                isDisabled={draft.variants.length === 1}
                onPress={() => {
                  put(draft.variants.filter((one) => one !== variant));
                }}
              >
                <X size={15} aria-hidden="true" />
              </IconButton>
            )}
          </div>
        ))}
        {!isReadOnly && type !== 'boolean' && (
          <div>
            <Button
              size="chip"
              onPress={() => {
                put([...draft.variants, newVariant(type, draft.variants)]);
              }}
            >
              <Plus size={13} aria-hidden="true" />
              {t.editor.addVariant}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

function newVariant(type: FlagType, variants: readonly VariantDraft[]): VariantDraft {
  const used = new Set(variants.map(({ key }) => key));
  let n = variants.length + 1;
  while (used.has(`variant-${n}`)) n += 1;
  const key = `variant-${n}`;
  const text = { boolean: 'true', string: key, number: String(n - 1), json: '{}' }[type];
  return { id: `new ${n}`, key, name: '', text };
}

function ValueField(props: {
  type: FlagType;
  variant: VariantDraft;
  isReadOnly: boolean;
  onChange: (text: string) => void;
}) {
  const t = useText().editor;
  const { type, variant, isReadOnly, onChange } = props;
  if (type === 'boolean')
    return (
      <Select
        label={t.variantValue}
        value={variant.text}
        isDisabled={isReadOnly}
        onChange={onChange}
        options={[
          { id: 'true', label: 'true' },
          { id: 'false', label: 'false' },
        ]}
      />
    );
  return (
    <TextField
      label={t.variantValue}
      mono
      {...(type === 'json' && { rows: 3 })}
      value={variant.text}
      isReadOnly={isReadOnly}
      onChange={onChange}
      error={isValue(type, variant.text) ? undefined : t.valueWrong[type]}
    />
  );
}
