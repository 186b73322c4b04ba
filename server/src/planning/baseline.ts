import type { Condition } from '@assay/sdk';
import type { Metric } from '../contract/definitions.ts';
import type { Baseline, BaselineBody } from '../contract/planning.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../http/handler.ts';
import { figures, type Figures } from '../readout/figures.ts';
import { metricQuery } from '../readout/plan.ts';
import { covariance, variance, type Moments } from '../stats/moments.ts';
import type { EventStore, PopulationAnswer, PopulationQuery } from '../store/events/port.ts';

export interface BaselineDeps {
  readonly definitions: { metric(key: string): Metric | undefined };
  readonly events: Pick<EventStore, 'population'>;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
const cupedDays = 14;

/** What a metric is today, from the events of the last days: the start of a plan. Throws `not_found`. */
export async function baseline(deps: BaselineDeps, body: BaselineBody): Promise<Baseline> {
  const metric = deps.definitions.metric(body.metric);
  if (metric === undefined) throw new AppError('not_found', `No metric "${body.metric}".`);
  const now = deps.clock();
  const query = populationQuery(metric, body, now);
  const answer = await deps.events.population(query);
  return baselineOf(metric, query, answer, body.audience);
}

/** The metric over the units seen lately, each as if exposed when first seen. */
export function populationQuery(metric: Metric, body: BaselineBody, now: number): PopulationQuery {
  return {
    environment: body.environment,
    unitType: 'userId',
    from: now - body.days * dayMs,
    to: now,
    timeZone: 'UTC',
    metric: metricQuery({ ...metric, prePeriodDays: cupedDays }, true),
  };
}

/** A population answer as a plan takes it in. Whatever is undefined is null, with a note. Pure. */
export function baselineOf(
  metric: Metric,
  { from, to }: Pick<PopulationQuery, 'from' | 'to'>,
  answer: PopulationAnswer,
  audience?: Condition,
): Baseline {
  const row = { metric: metric.key, variant: '', moments: answer.moments };
  const found = figures(metric, row);
  const enough = found.moments.n > 1;
  const notes = [
    ...(enough ? [] : ['too_few_units']),
    ...(audience === undefined ? [] : ['audience_not_applied']),
    ...(found.n < answer.units ? ['matured_units_only'] : []),
    ...(metric.kind === 'quantile' ? ['unplannable_kind'] : []),
  ];
  const unitVariance = enough ? varianceOf(found) : null;
  return {
    metric: metric.key,
    kind: metric.kind,
    units: found.n,
    rate: found.shape === 'proportion' ? found.value : null,
    mean: found.shape === 'proportion' ? null : found.value,
    variance: unitVariance,
    ratio: metric.kind === 'ratio' && enough ? ratioOf(found.moments) : null,
    standardError: unitVariance === null ? null : Math.sqrt(unitVariance / found.n),
    unitsPerDay: perDay(answer, from, to),
    growth: answer.growth.map((day) => day.units),
    cupedR2: enough ? explained(found) : null,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    notes,
  };
}

/** Newly seen units a day, over the days that have data, one at least. */
function perDay({ units, growth }: PopulationAnswer, from: number, to: number): number | null {
  const [first] = growth;
  if (first === undefined || units === 0) return null;
  return units / Math.max(1, (to - Math.max(from, Date.parse(first.day))) / dayMs);
}

/** Variance of one unit's value; of a ratio by the delta method (Deng, Knoblich & Lu 2018). Null when undefined. */
function varianceOf({ shape, moments, value }: Figures): number | null {
  if (shape !== 'ratio') return finite(variance(moments, 0));
  const below = moments.mean[1] ?? 0;
  if (value === null || below === 0) return null;
  const spread =
    variance(moments, 0) -
    2 * value * covariance(moments, 0, 1) +
    value ** 2 * variance(moments, 1);
  return finite(spread / below ** 2);
}

function ratioOf(moments: Moments): Baseline['ratio'] {
  const part = (column: number) => ({
    mean: moments.mean[column] ?? 0,
    variance: variance(moments, column),
  });
  return { numerator: part(0), denominator: part(1), covariance: covariance(moments, 0, 1) };
}

/** Share of the variance that the pre-period explains, ρ²; null without a covariate that varies. */
function explained({ shape, moments }: Figures): number | null {
  if (shape === 'ratio' || moments.mean.length !== 2) return null;
  const both = variance(moments, 0) * variance(moments, 1);
  return both > 0 ? covariance(moments, 0, 1) ** 2 / both : null;
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
