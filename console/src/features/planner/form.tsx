import type { Baseline, Metric } from '@assay/server/contract';
import { Database, Sigma } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useFormat } from '../../lib/format.ts';
import { NumberField } from '../../ui/field.tsx';
import { Select, type Option } from '../../ui/select.tsx';
import { Switch, SegmentedControl } from '../../ui/toggle.tsx';
import { GrowthBars } from './growth-bars.tsx';
import { unitsBy } from './growth.ts';
import { isRate, type Inputs } from './inputs.ts';
import { LiftField } from './lift-field.tsx';
import type { PlannerSearch } from './search.ts';
import { useText } from './text.ts';

export type FormProps = {
  search: PlannerSearch;
  inputs: Inputs;
  metric: Metric | undefined;
  metrics: readonly Metric[];
  baseline: Baseline | undefined;
  measuring: boolean;
  inflation: number | undefined;
  onSearch: (change: Partial<PlannerSearch>) => void;
  onLift: (lift: number, done: boolean) => void;
};
const manual = { proportion: '·rate', mean: '·mean' } as const;

/** Everything that can be wished for; what is known already is filled in. */
export function Form(props: FormProps) {
  const t = useText();
  return (
    <aside aria-label={t.inputs} className="rounded-card bg-surface shadow-card">
      <Measure {...props} />
      <Who {...props} />
      <Part title={t.lift.title}>
        <LiftField inputs={props.inputs} metric={props.metric} onLift={props.onLift} />
      </Part>
      <Sure {...props} />
    </aside>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-3.5 first:border-0">
      <h2 className="mb-2 text-body">{title}</h2>
      <div className="flex flex-col gap-2.5">{children}</div>
    </section>
  );
}

/** The mark of a figure that was measured; pressed where one was typed, it brings the measured one back. */
function Measured({ is, label, onReset }: { is: boolean; label: string; onReset: () => void }) {
  const t = useText();
  const look =
    'inline-flex flex-none items-center gap-1 rounded-[4px] px-1.5 text-axis leading-[18px] font-medium';
  const icon = <Database size={11} aria-hidden="true" />;
  if (is)
    return (
      <span className={`${look} bg-okbg text-ok`}>
        {icon}
        {label}
      </span>
    );
  return (
    <AriaButton
      aria-label={t.measure.useMeasured}
      onPress={onReset}
      className={`${look} min-h-6 bg-neubg text-ink2 data-hovered:text-ink`}
    >
      {icon}
      {label}
    </AriaButton>
  );
}

function Measure(props: FormProps) {
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

function Who({ search, inputs, baseline, onSearch }: FormProps) {
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

function Sure({ inputs, inflation, onSearch }: FormProps) {
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
