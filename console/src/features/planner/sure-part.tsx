import { useFormat } from '../../lib/format.ts';
import { NumberField } from '../../ui/field.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { Part } from './form-part.tsx';
import type { FormProps } from './form.tsx';
import { useText } from './text.ts';

/** False alarms, power, and when somebody looks. */
export function SurePart({ inputs, inflation, onSearch }: FormProps) {
  const t = useText();
  const format = useFormat();
  const percent = { style: 'percent', maximumFractionDigits: 2 } as const;
  return (
    <Part title={t.sure.title}>
      <div className="grid grid-cols-2 gap-2.5">
        <NumberField
          label={t.sure.alpha}
          value={inputs.alpha}
          minValue={0.0001}
          maxValue={0.5}
          step={0.0001}
          formatOptions={percent}
          onChange={(alpha) => {
            onSearch({ alpha: alpha === 0.05 ? undefined : alpha });
          }}
        />
        <NumberField
          label={t.sure.power}
          value={inputs.power}
          minValue={0.05}
          maxValue={0.999}
          step={0.001}
          formatOptions={percent}
          onChange={(power) => {
            onSearch({ power: power === 0.8 ? undefined : power });
          }}
        />
      </div>
      <div>
        <p className="mb-1 text-label text-ink2">{t.sure.look}</p>
        <SegmentedControl
          wide
          label={t.sure.look}
          value={inputs.look}
          options={[
            { id: 'once', label: t.sure.once },
            { id: 'any', label: t.sure.any },
          ]}
          onChange={(look) => {
            onSearch({ look: look === 'any' ? 'any' : undefined });
          }}
        />
        <p className="mt-1.5 text-note text-ink3">
          {inputs.look === 'any' && inflation !== undefined
            ? t.sure.anyNote(format.number(inflation))
            : t.sure.onceNote}
        </p>
      </div>
    </Part>
  );
}
