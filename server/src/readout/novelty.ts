import type { Metric } from '../contract/definitions.ts';
import type { Health } from '../contract/readout.ts';
import { compare } from '../stats/compare.ts';
import { noveltyTrend, type Effect } from '../stats/heterogeneity.ts';
import type { MetricQuery, MomentAnswer } from '../store/events/port.ts';
import { momentPair } from './estimate.ts';
import { figures } from './figures.ts';
import { maturationMs, metricQuery } from './plan.ts';
import type { Subject } from './subject.ts';

type Novelty = NonNullable<Health['novelty']>[number];

const dayMs = 86_400_000;
const mostDays = 7;
/** Below this the effect is still moving: run longer. */
const alarm = 0.01;

/**
 * The metric once for each of a unit's first days, so that an effect that wears off shows. Empty for kinds that have no
 * value by the day, and for windows of less than three days.
 */
export function noveltyQueries(metric: Metric): MetricQuery[] {
  const { kind } = metric;
  if (kind !== 'proportion' && kind !== 'count' && kind !== 'mean') return [];
  const span = (maturationMs(metric) ?? mostDays * dayMs) / dayMs;
  const days = Math.min(mostDays, Math.floor(span));
  if (days < leastDays) return [];
  const query = metricQuery(metric, false);
  return Array.from({ length: days }, (_, day) =>
    Object.assign({}, query, {
      id: idOf(metric, day),
      delayMs: (query.delayMs ?? 0) + day * dayMs,
      windowMs: dayMs,
    }),
  );
}
const leastDays = 3;
const idOf = (metric: Metric, day: number): string => `${metric.key}#day${day}`;

/** The effect by day since exposure and its slope, per treatment; none where fewer than three days have figures. */
export function noveltyOf(
  { experiment, baseline }: Subject,
  metric: Metric,
  answer: MomentAnswer,
): Novelty[] {
  return experiment.variants
    .map((v) => v.key)
    .filter((variant) => variant !== baseline)
    .flatMap((variant) => {
      const days = daysOf(metric, answer, [baseline, variant]);
      const effects = days.flatMap((day) => effectOf(day.standardError, day.effect.estimate));
      if (effects.length < leastDays) return [];
      const { slope, pValue } = noveltyTrend(effects);
      if (!Number.isFinite(slope) || !Number.isFinite(pValue)) return [];
      const shown = days.map(({ day, effect }) => ({ day, effect }));
      return [{ metric: metric.key, variant, days: shown, slope, pValue, moving: pValue < alarm }];
    });
}

function daysOf(metric: Metric, answer: MomentAnswer, [control, treatment]: [string, string]) {
  return Array.from({ length: mostDays }, (_, day) => {
    const of = (variant: string) =>
      figures(
        metric,
        answer.rows.find((row) => row.metric === idOf(metric, day) && row.variant === variant),
      );
    const pair = { control: of(control), treatment: of(treatment) };
    const { absolute, standardError } = compare(momentPair(pair), { alpha: 0.05 });
    return { day, effect: absolute, standardError, n: pair.treatment.n };
  }).filter(({ n }) => n > 0);
}

function effectOf(se: number | null, effect: number | null): Effect[] {
  return se === null || effect === null || !(se > 0) ? [] : [{ effect, se }];
}
