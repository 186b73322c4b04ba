import { useFormat } from '../../lib/format.ts';
import { NumberField } from '../../ui/field.tsx';
import { Measured, Part } from './form-part.tsx';
import type { FormProps } from './form.tsx';
import { GrowthBars } from './growth-bars.tsx';
import { unitsBy } from './growth.ts';
import { useText } from './text.ts';

/** How many units arrive, and how they are shared out. */
export function WhoPart({ search, inputs, baseline, onSearch }: FormProps) {
  const t = useText();
  const format = useFormat();
  const { perDay, growth, use } = inputs;
  const known = typeof baseline?.unitsPerDay === 'number';
  const fortnight = 14;
  return (
    <Part title={t.who.title}>
      <NumberField
        label={t.who.perDay}
        value={perDay === null ? Number.NaN : Math.round(perDay)}
        minValue={1}
        unit={
          known && (
            <Measured
              is={inputs.measured.perDay}
              label={t.measure.measured}
              onReset={() => {
                onSearch({ perDay: undefined });
              }}
            />
          )
        }
        onChange={(next) => {
          onSearch({ perDay: Number.isNaN(next) ? undefined : next });
        }}
      />
      {growth.length > 1 && search.perDay === undefined ? (
        <>
          <GrowthBars label={t.who.growth} growth={growth} />
          <p className="text-note text-ink3">
            {t.who.slows(
              fortnight,
              format.count(Math.round(unitsBy(fortnight, growth))),
              format.count(Math.round((growth[0] ?? 0) * fortnight)),
            )}
          </p>
        </>
      ) : (
        <p className="text-note text-ink3">{t.who.straight}</p>
      )}
      <div className="grid grid-cols-2 gap-2.5">
        <NumberField
          label={t.who.groups}
          value={inputs.groups}
          minValue={2}
          maxValue={20}
          steppers
          onChange={(groups) => {
            onSearch({ groups: groups === 2 ? undefined : groups });
          }}
        />
        <NumberField
          label={t.who.use}
          value={use}
          minValue={0.001}
          maxValue={1}
          step={0.001}
          formatOptions={{ style: 'percent', maximumFractionDigits: 1 }}
          onChange={(next) => {
            onSearch({ use: next === 1 ? undefined : next });
          }}
        />
      </div>
    </Part>
  );
}
