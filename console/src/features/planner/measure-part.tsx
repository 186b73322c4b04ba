import { Sigma } from 'lucide-react';
import { useFormat } from '../../lib/format.ts';
import { NumberField } from '../../ui/field.tsx';
import { Select, type Option } from '../../ui/select.tsx';
import { Switch } from '../../ui/toggle.tsx';
import { Measured, Part } from './form-part.tsx';
import type { FormProps } from './form.tsx';
import { isRate } from './inputs.ts';
import { useText } from './text.ts';

const manual = { proportion: '·rate', mean: '·mean' } as const;

/** The metric and what it is today, measured or typed. */
export function MeasurePart(props: FormProps) {
  const { search, inputs, metric, metrics, baseline, onSearch } = props;
  const t = useText();
  const format = useFormat();
  const options: Option[] = [
    ...metrics.map((m) => ({ id: m.key, label: m.name ?? m.key })),
    { id: manual.proportion, label: t.measure.manual },
    { id: manual.mean, label: t.measure.manualMean },
  ];
  const chosen = metric?.key ?? manual[search.kind ?? 'proportion'];
  const clean = { rate: undefined, mean: undefined, sd: undefined, mature: undefined };
  return (
    <Part title={t.measure.title}>
      <Select
        label={t.measure.metric}
        icon={<Sigma size={14} aria-hidden="true" />}
        value={chosen}
        options={options}
        onChange={(id) => {
          if (id === manual.proportion || id === manual.mean)
            onSearch({
              ...clean,
              metric: undefined,
              perDay: undefined,
              kind: id === manual.mean ? 'mean' : 'proportion',
            });
          else onSearch({ ...clean, metric: id, kind: undefined, perDay: undefined });
        }}
      />
      <BaselineFields {...props} />
      {metric !== undefined && baseline !== undefined && inputs.measured.baseline && (
        <p className="text-note text-ink3">
          {isRate(inputs.kind) && baseline.standardError !== null
            ? t.measure.from(
                format.points(1.96 * baseline.standardError).replace('+', ''),
                format.count(baseline.units),
              )
            : t.measure.fromMean(format.count(baseline.units))}{' '}
          {inputs.mature > 0 && t.measure.matureNote(inputs.mature)}
        </p>
      )}
      {baseline !== undefined && (baseline.cupedR2 ?? 0) >= 0.005 && (
        <Switch
          value={search.cuped !== 'off'}
          onChange={(on) => {
            onSearch({ cuped: on ? undefined : 'off' });
          }}
        >
          {t.measure.cuped(format.percent(Math.round((baseline.cupedR2 ?? 0) * 100) / 100))}
        </Switch>
      )}
      <NumberField
        label={t.measure.mature}
        value={inputs.mature}
        minValue={0}
        maxValue={400}
        onChange={(mature) => {
          onSearch({ mature });
        }}
      />
    </Part>
  );
}

function BaselineFields({ inputs, metric, baseline, measuring, onSearch }: FormProps) {
  const t = useText();
  const format = useFormat();
  const typed = inputs.baseline;
  const waiting = measuring ? t.measure.waiting : undefined;
  const missing =
    metric !== undefined && !measuring && typed === null ? t.measure.unknown : waiting;
  const known = typeof (baseline?.rate ?? baseline?.mean) === 'number';
  const tag = metric !== undefined && known && (
    <Measured
      is={inputs.measured.baseline}
      label={t.measure.lastDays}
      onReset={() => {
        onSearch({ rate: undefined, mean: undefined, sd: undefined });
      }}
    />
  );
  if (isRate(inputs.kind))
    return (
      <NumberField
        label={t.measure.rate}
        hint={missing}
        value={typed !== null && 'rate' in typed ? typed.rate : Number.NaN}
        minValue={0.000001}
        maxValue={0.999999}
        step={0.000001}
        formatOptions={{ style: 'percent', maximumFractionDigits: 4 }}
        unit={tag}
        onChange={(rate) => {
          onSearch({ rate: Number.isNaN(rate) ? undefined : rate });
        }}
      />
    );
  if (inputs.kind === 'ratio')
    return (
      <div>
        <p className="mb-1 text-label text-ink2">{t.measure.ratio}</p>
        <p className="flex items-center gap-2 font-medium">
          {format.number(inputs.value)} {tag}
        </p>
        {missing !== undefined && <p className="mt-1.5 text-note text-ink3">{missing}</p>}
      </div>
    );
  const mean = typed !== null && 'mean' in typed ? typed.mean : Number.NaN;
  const sd = typed !== null && 'mean' in typed ? Math.sqrt(typed.variance) : Number.NaN;
  const keep = (change: { mean?: number; sd?: number }) => {
    onSearch({
      ...(Number.isNaN(mean) ? {} : { mean }),
      ...(Number.isNaN(sd) ? {} : { sd }),
      ...change,
    });
  };
  const figures = { maximumSignificantDigits: 5 };
  return (
    <div className="grid grid-cols-2 gap-2.5">
      <NumberField
        label={t.measure.mean}
        hint={missing}
        value={mean}
        formatOptions={figures}
        unit={metric?.unitOfMeasure}
        onChange={(next) => {
          keep({ mean: next });
        }}
      />
      <NumberField
        label={t.measure.sd}
        value={sd}
        minValue={0}
        formatOptions={figures}
        onChange={(next) => {
          keep({ sd: next });
        }}
      />
      {tag !== false && <span>{tag}</span>}
    </div>
  );
}
