import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { listItems } from '../../ui/condition/model.ts';
import type { SettingsDraft } from './model.ts';
import { useFlags } from './queries.ts';
import { useText } from './text.ts';

type RequirementsProps = {
  flag: string;
  settings: SettingsDraft;
  isReadOnly: boolean;
  onChange: (settings: SettingsDraft) => void;
};

/** Other flags that must serve one of the named variants, else this one serves its off variant. */
export function Requirements({ flag, settings, isReadOnly, onChange }: RequirementsProps) {
  const t = useText().editor;
  const others = (useFlags().data?.items ?? []).filter(({ key }) => key !== flag);
  const { requires } = settings;
  const put = (next: SettingsDraft['requires']) => {
    onChange({ ...settings, requires: next });
  };
  const [first] = others;
  if (isReadOnly && requires.length === 0) return null;
  return (
    <div className="mt-3 flex flex-col gap-2 px-4">
      {requires.length > 0 && (
        <div className="flex flex-wrap items-baseline gap-x-2.5">
          <h3>{t.requires}</h3>
          <p className="sub">{t.requiresNote}</p>
        </div>
      )}
      {requires.map((requirement, i) => (
        <div key={requirement.flag} className="flex items-end gap-2">
          <div className="grid min-w-0 flex-1 grid-cols-2 gap-2 max-sm:grid-cols-1">
            <Select
              label={t.requireFlag}
              value={requirement.flag}
              isDisabled={isReadOnly}
              onChange={(key) => {
                const variants = others.find((one) => one.key === key)?.variants ?? [];
                put(
                  replaced(requires, i, {
                    flag: key,
                    variants: variants.slice(-1).map((v) => v.key),
                  }),
                );
              }}
              options={others.map(({ key, name }) => ({ id: key, label: name ?? key, note: key }))}
            />
            <TextField
              label={t.requireVariants}
              mono
              defaultValue={requirement.variants.join(', ')}
              isReadOnly={isReadOnly}
              onChange={(text) => {
                put(replaced(requires, i, { ...requirement, variants: listItems(text) }));
              }}
            />
          </div>
          {!isReadOnly && (
            <IconButton
              label={t.removeRequire(requirement.flag)}
              onPress={() => {
                put(requires.filter((one) => one !== requirement));
              }}
            >
              <X size={15} aria-hidden="true" />
            </IconButton>
          )}
        </div>
      ))}
      {!isReadOnly && first !== undefined && (
        <div>
          <Button
            size="chip"
            variant="ghost"
            onPress={() => {
              put([
                ...requires,
                { flag: first.key, variants: first.variants.slice(-1).map((v) => v.key) },
              ]);
            }}
          >
            <Plus size={13} aria-hidden="true" />
            {t.addRequire}
          </Button>
        </div>
      )}
    </div>
  );
}

function replaced<T>(items: readonly T[], index: number, item: T): T[] {
  return items.map((one, i) => (i === index ? item : one));
}
