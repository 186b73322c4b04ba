import type { Experiment, MetricReadout, Readout, Series } from '@assay/server/contract';
import { LiftOverTime } from '../../charts/lift-over-time.tsx';
import { useFormat } from '../../lib/format.ts';
import { Card } from '../../ui/card.tsx';
import { classes } from '../../ui/classes.ts';
import { Select } from '../../ui/select.tsx';
import { Loaded, Skeleton } from '../../ui/states.tsx';
import { SegmentedControl } from '../../ui/toggle.tsx';
import { dateAt, daysOf } from './days.ts';
import { lineTone } from './figures.ts';
import { useSeries } from './queries.ts';
import { mdeOf } from './rows.ts';
import type { ReadoutSearch } from './search.ts';
import { useText } from './text.ts';
import { useAxisText } from './use-notes.ts';
import { letterOf, variantsOf } from './variants.ts';

export type ChartCardProps = {
  experiment: Experiment;
  readout: Readout;
  metric: MetricReadout;
  variant: string;
  search: ReadoutSearch;
  onSearch: (change: Partial<ReadoutSearch>) => void;
};

/** One metric day by day, all that came so far or each day's newcomers. */
export function OverCard(props: ChartCardProps) {
  const { experiment, readout, metric, variant, search, onSearch } = props;
  const t = useText();
  const by = search.by ?? 'cumulative';
  const series = useSeries(experiment.key, metric.metric, {
    by,
    vs: search.vs,
    live: readout.status === 'running',
  });
  return (
    <Card
      className="min-w-0"
      title={t.over.title}
      note={readout.metrics.length > 1 ? t.over.noteShort : t.over.note(metric.name)}
      actions={
        <>
          <Pickers {...{ experiment, readout, metric, variant, onSearch }} />
          <SegmentedControl
            label={t.over.mode}
            value={by}
            options={[
              { id: 'cumulative', label: t.over.cumulative },
              { id: 'cohort', label: t.over.cohort },
            ]}
            onChange={(next) => {
              onSearch({ by: next === 'cohort' ? 'cohort' : undefined });
            }}
          />
        </>
      }
    >
      <div
        className={classes(
          'px-4 pb-2.5 transition-opacity',
          series.isPlaceholderData && 'opacity-50',
        )}
      >
        <Loaded query={series} skeleton={<Skeleton className="h-[354px]" />}>
          {(data) => <Picture {...props} series={data} />}
        </Loaded>
      </div>
    </Card>
  );
}

function Pickers(
  props: Pick<ChartCardProps, 'experiment' | 'readout' | 'metric' | 'variant' | 'onSearch'>,
) {
  const { experiment, readout, metric, variant, onSearch } = props;
  const t = useText();
  const treatments = metric.results.map((r) => r.variant);
  return (
    <>
      {readout.metrics.length > 1 && (
        <Select
          chip
          label={t.over.metric}
          value={metric.metric}
          options={readout.metrics.map((m) => ({ id: m.metric, label: m.name }))}
          onChange={(next) => {
            onSearch({ metric: next });
          }}
        />
      )}
      {treatments.length > 1 && (
        <Select
          chip
          label={t.over.variant}
          value={variant}
          options={variantsOf(experiment)
            .filter((v) => treatments.includes(v.key))
            .map((v) => ({ id: v.key, label: `${letterOf(v.index)} · ${v.name}` }))}
          onChange={(next) => {
            onSearch({ variant: next });
          }}
        />
      )}
    </>
  );
}

function Picture(props: ChartCardProps & { series: Series }) {
  const { experiment, readout, metric, variant, series } = props;
  const t = useText();
  const format = useFormat();
  const axisText = useAxisText();
  const days = daysOf(series, variant);
  if (days.length === 0) return <p className="py-10 text-center text-ink2">{t.over.none}</p>;
  const mde =
    experiment.plan.mde === undefined || metric.role === 'guardrail'
      ? undefined
      : mdeOf(metric, experiment.plan.mde);
  const result = metric.results.find((r) => r.variant === variant);
  const first = days[0]?.day;
  return (
    <LiftOverTime
      label={t.over.label(metric.name, days.length, format.lift(days.at(-1)?.estimate))}
      table={{
        columns: Object.values(t.over.columns),
        rows: days.map((d) => [
          format.date(dateAt(d.day, 0)),
          format.lift(d.estimate),
          d.estimate === null ? '–' : format.liftInterval(d.low, d.high),
          format.exact(d.units),
        ]),
      }}
      days={days}
      length={Math.max(days.length, Math.round(readout.plannedDays ?? 0))}
      mde={mde}
      by={series.by}
      tone={result === undefined ? 'neutral' : lineTone(result)}
      words={{
        mde: mde === undefined ? '' : t.over.mde(axisText(mde)),
        plannedEnd: t.over.plannedEnd,
        clear: (day, side) => (side === 'above' ? t.over.clearAbove(day) : t.over.clearBelow(day)),
      }}
      format={axisText}
      dayName={(index) => format.date(dateAt(first, index))}
    />
  );
}
