import type { Moments } from '@assay/server/stats/moments';
import type { Estimates } from '@assay/server/stats/estimates';
import { deltaLift, fiellerLift, liftStandardError, logLift } from '@assay/server/stats/lift';
import type { Interval } from '@assay/server/stats/comparison';

export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly sumSq: number;
}

export interface MeanVariance {
  readonly n: number;
  readonly mean: number;
  readonly var: number;
}

export interface RatioSums {
  readonly n: number;
  readonly sumM: number;
  readonly sumD: number;
  readonly sumM2: number;
  readonly sumD2: number;
  readonly sumMD: number;
}

export function fromSums({ n, sum, sumSq }: Sums): Moments {
  return { n, mean: [sum / n], comoment: [Math.max(0, sumSq - (sum * sum) / n)] };
}

export function fromMeanVariance(m: MeanVariance): Moments {
  return { n: m.n, mean: [m.mean], comoment: [m.var * Math.max(0, m.n - 1)] };
}

export function fromRatioSums(s: RatioSums): Moments {
  return fromProducts(s.n, [s.sumM, s.sumD], [s.sumM2, s.sumMD, s.sumD2]);
}

/** Raw sums and sums of products (packed upper triangle) to moments. */
export function fromProducts(
  n: number,
  sums: readonly number[],
  products: readonly number[],
): Moments {
  const comoment: number[] = [];
  sums.forEach((a, i) =>
    sums.slice(i).forEach((b) => comoment.push(products[comoment.length]! - (a * b) / n)),
  );
  return { n, mean: sums.map((s) => s / n), comoment };
}

/** `[low, high]` as the cases write it, null when there is none. */
export function bounds(interval: Interval | null): readonly (number | null)[] | null {
  return interval && (interval.low !== null || interval.high !== null)
    ? [interval.low ?? Number.NEGATIVE_INFINITY, interval.high ?? Number.POSITIVE_INFINITY]
    : null;
}

export function lifts(e: Estimates, c: number): object | null {
  const reach = { below: c, above: c };
  const delta = deltaLift(e, reach).interval;
  if (!delta) return null;
  return {
    lift: delta.estimate,
    seDelta: liftStandardError(e),
    ciDelta: bounds(delta),
    ciLog: bounds(logLift(e, reach).interval),
    ciFieller: bounds(fiellerLift(e, reach).interval),
  };
}
