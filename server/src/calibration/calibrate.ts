import type { Calibration } from '../contract/calibration.ts';
import type { Metric } from '../contract/definitions.ts';
import { figures } from '../readout/figures.ts';
import { metricQuery } from '../readout/plan.ts';
import { calibrate } from '../stats/calibration.ts';
import { compare } from '../stats/compare.ts';
import type { HalvesAnswer, HalvesQuery } from '../store/events/port.ts';

const dayMs = 86_400_000;
const days = 28;
const prePeriodDays = 14;
const alpha = 0.05;
/** Fewer p-values than this tell nothing. */
const leastTold = 100;
/** Below this the p-values are not uniform. */
const leastUniformity = 0.01;

/** Splits that a calibration is made of, and how many units at most. */
export const splits = 400;
export const most = 20_000;

/** The units of the last days as if exposed when first seen, split at random, through the metric's own readout query. */
export function halvesQuery(
  metric: Metric,
  {
    environment,
    now,
    seed,
  }: { readonly environment: string; readonly now: number; readonly seed: number },
): HalvesQuery {
  return {
    environment,
    unitType: 'userId',
    from: now - days * dayMs,
    to: now,
    timeZone: 'UTC',
    metric: metricQuery({ ...metric, prePeriodDays }, true),
    seeds: Array.from({ length: splits }, (_, i) => (seed + i) % 4_294_967_296),
    most,
  };
}

/**
 * Whether a metric's test holds its level on the organisation's own units: the p-values of splits without any effect,
 * their false-positive rate with its interval and their uniformity. Pure.
 */
export function calibrationOf(
  metric: Metric,
  query: HalvesQuery,
  answer: HalvesAnswer,
): Omit<Calibration, 'at'> {
  const found = answer.splits.map(([a, b]) => {
    const control = figures(metric, a);
    const treatment = figures(metric, b);
    const pair = { shape: control.shape, control: control.moments, treatment: treatment.moments };
    return compare(pair, { alpha });
  });
  const pValues = found.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  const told = pValues.length;
  // Exact tests of a few successes hold their level with room to spare; their p-values are steps, not uniform.
  const small = found.filter((c) => c.notes.includes('small_counts')).length > told / 2;
  const base = {
    metric: metric.key,
    environment: query.environment,
    alpha,
    seeds: query.seeds.length,
    seed: query.seeds[0] ?? 0,
    told,
    units: answer.units,
    from: new Date(query.from).toISOString(),
    to: new Date(query.to).toISOString(),
    notes: [
      ...(answer.units >= query.most * 0.9 ? ['part_of_units'] : []),
      ...(small ? ['small_counts'] : []),
    ],
  };
  if (told < leastTold)
    return {
      ...base,
      falsePositiveRate: null,
      low: null,
      high: null,
      uniformity: null,
      trusted: null,
      notes: [...base.notes, 'too_few_units'],
    };
  const { falsePositiveRate, interval, pUniform } = calibrate(pValues, alpha);
  const [low, high] = interval;
  return {
    ...base,
    falsePositiveRate,
    low,
    high,
    uniformity: pUniform,
    trusted: verdictOf({ low, high, pUniform, small }),
  };
}

function verdictOf(at: {
  readonly low: number;
  readonly high: number;
  readonly pUniform: number;
  readonly small: boolean;
}): boolean | null {
  if (at.low > alpha) return false;
  return at.small ? null : alpha <= at.high && at.pUniform >= leastUniformity;
}
