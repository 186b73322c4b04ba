import { Equal } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { NumberField } from '../../ui/field.tsx';
import { Combobox, Select } from '../../ui/select.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { evenShares, shareSum, type ServeDraft, type Share } from './model.ts';
import { useText } from './text.ts';

type Split = Extract<ServeDraft, { kind: 'split' }>;

/** One variant for everybody, or a split. */
export function FallbackFields(props: {
  serve: ServeDraft;
  variants: readonly string[];
  isReadOnly: boolean;
  onChange: (serve: ServeDraft) => void;
}) {
  const t = useText().rule;
  const { serve, variants, isReadOnly, onChange } = props;
  return (
    <div className="flex flex-col gap-3">
      <div>
        <SegmentedControl
          label={t.what}
          isDisabled={isReadOnly}
          value={serve.kind === 'split' ? 'split' : 'variant'}
          onChange={(kind) => {
            onChange(
              kind === 'split'
                ? splitOf(variants)
                : { kind: 'variant', variant: variants[0] ?? '' },
            );
          }}
          options={[
            { id: 'variant', label: t.kinds.variant },
            { id: 'split', label: t.kinds.split },
          ]}
        />
      </div>
      {serve.kind === 'variant' && (
        <VariantChoice
          variants={variants}
          value={serve.variant}
          isReadOnly={isReadOnly}
          onChange={(variant) => {
            onChange({ kind: 'variant', variant });
          }}
        />
      )}
      {serve.kind === 'split' && (
        <SplitFields
          serve={serve}
          variants={variants}
          isReadOnly={isReadOnly}
          onChange={onChange}
        />
      )}
    </div>
  );
}

export function splitOf(variants: readonly string[]): Split {
  return { kind: 'split', shares: evenShares(variants), unit: 'userId' };
}

export function VariantChoice(props: {
  variants: readonly string[];
  value: string;
  isReadOnly?: boolean;
  onChange: (variant: string) => void;
}) {
  const t = useText().rule;
  return (
    <div className="max-w-64">
      <Select
        label={t.variant}
        value={props.value === '' ? null : props.value}
        isDisabled={props.isReadOnly ?? false}
        onChange={props.onChange}
        options={props.variants.map((id) => ({ id, label: id }))}
      />
    </div>
  );
}

/** Percent for each variant, with their sum, and the attribute that decides. */
export function SplitFields(props: {
  serve: Split;
  variants: readonly string[];
  isReadOnly?: boolean;
  onChange: (serve: Split) => void;
}) {
  const t = useText().rule;
  const f = useFormat();
  const { serve, variants, onChange } = props;
  const isReadOnly = props.isReadOnly ?? false;
  const shares = everyVariant(serve.shares, variants);
  const sum = shareSum(shares);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-2">
        {shares.map((share) => (
          <NumberField
            key={share.variant}
            label={share.variant}
            value={share.percent}
            minValue={0}
            maxValue={100}
            step={0.001}
            unit="%"
            isDisabled={isReadOnly}
            onChange={(percent) => {
              const next = shares.map((one) => (one === share ? { ...share, percent } : one));
              onChange({ ...serve, shares: next });
            }}
          />
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="chip"
          isDisabled={isReadOnly}
          onPress={() => {
            onChange({ ...serve, shares: evenShares(variants) });
          }}
        >
          <Equal size={13} aria-hidden="true" />
          {t.even}
        </Button>
        {Math.abs(sum - 100) >= 0.0005 && (
          <p role="alert" className={classes('text-note text-lose')}>
            {t.sum(f.percent(sum / 100))}
          </p>
        )}
      </div>
      <div className="max-w-64">
        <Combobox
          label={t.unit}
          hint={t.unitHint}
          mono
          options={['userId', 'deviceId', 'companyId'].map((id) => ({ id, label: id }))}
          value={serve.unit}
          isDisabled={isReadOnly}
          onChange={(unit) => {
            onChange({ ...serve, unit });
          }}
        />
      </div>
    </div>
  );
}

/** Stored shares first, in their order (it decides who gets what), then variants without a share yet. */
function everyVariant(shares: readonly Share[], variants: readonly string[]): Share[] {
  const missing = variants.filter((key) => !shares.some(({ variant }) => variant === key));
  return [...shares, ...missing.map((variant) => ({ variant, percent: 0 }))];
}
