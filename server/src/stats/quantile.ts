import { binomialSfGe } from './distributions/binomial.ts';
import { normalIsf } from './distributions/normal.ts';
import { ratioUnitVariance } from './estimates.ts';
import type { Moments } from './moments.ts';

/**
 * Quantile p of ascending values, linear between order statistics (type 7 of Hyndman & Fan 1996: SQL percentile_cont).
 * NaN without values. @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const value = sorted[low] ?? Number.NaN;
  return at === low ? value : value + (at - low) * (sorted[low + 1]! - value);
}

/** A quantile of events, clustered by unit. */
export interface ClusteredQuantile {
  readonly quantile: number;
  /** Standard error on the probability scale. */
  readonly sigma: number;
  /** Ratio of its square to that of independent events. */
  readonly designEffect: number;
  readonly pLow: number;
  readonly pHigh: number;
  /** Null where the probabilities leave 0 to 1: too few events. */
  readonly low: number | null;
  readonly high: number | null;
  readonly se: number | null;
  readonly events: number;
  readonly units: number;
}

/**
 * Standard error, on the probability scale, of the share of events at or below the quantile. Moments over units with
 * columns `[events at or below it, events]`. Deng, Knoblich & Lu (2018), §4.
 * @example quantileSigma({ n: 3000, mean: [5.4, 6], comoment: [17228, 13681, 15222] }) // 0.003902224973
 */
export function quantileSigma(counts: Moments): number {
  return Math.sqrt(ratioUnitVariance(counts) / counts.n);
}

/**
 * Sigma over that of independent events, squared.
 * @example quantileDesignEffect(0.0039, 0.9, 18000) // 3.042
 */
export function quantileDesignEffect(sigma: number, p: number, events: number): number {
  return (sigma * sigma * events) / (p * (1 - p));
}

/**
 * Quantile p of each unit's events with its interval at two-sided level alpha.
 * @example clusteredQuantile([[1, 2], [3, 4], [5, 6], [7, 8], [9, 10], [11, 12]], 0.5, 0.05).quantile // 6.5
 */
export function clusteredQuantile(
  units: readonly (readonly number[])[],
  p: number,
  alpha: number,
): ClusteredQuantile {
  const sorted = Float64Array.from(units.flat()).toSorted();
  const at = quantile(sorted, p);
  const sigma = quantileSigma(countsBelow(units, at));
  const z = normalIsf(alpha / 2);
  const pLow = p - z * sigma;
  const pHigh = p + z * sigma;
  const inside = pLow > 0 && pHigh < 1;
  const low = inside ? quantile(sorted, pLow) : null;
  const high = inside ? quantile(sorted, pHigh) : null;
  return {
    quantile: at,
    sigma,
    designEffect: quantileDesignEffect(sigma, p, sorted.length),
    pLow,
    pHigh,
    low,
    high,
    se: low === null || high === null ? null : (high - low) / (2 * z),
    events: sorted.length,
    units: units.length,
  };
}

/** Moments of `[events at or below a value, events]` over units: whole numbers, so plain sums are exact. */
function countsBelow(units: readonly (readonly number[])[], value: number): Moments {
  const n = units.length;
  const sums = [0, 0, 0, 0, 0] as [number, number, number, number, number];
  for (const events of units) {
    const below = events.reduce((count, x) => count + (x <= value ? 1 : 0), 0);
    sums[0] += below;
    sums[1] += events.length;
    sums[2] += below * below;
    sums[3] += below * events.length;
    sums[4] += events.length * events.length;
  }
  const [s, c, ss, sc, cc] = sums;
  return {
    n,
    mean: [s / n, c / n],
    comoment: [ss - (s * s) / n, sc - (s * c) / n, cc - (c * c) / n],
  };
}

export interface Ranks {
  readonly low: number;
  readonly high: number;
  readonly coverage: number;
}

/**
 * Order statistics (1-based) between which quantile p of independent values lies with probability at least 1 − alpha,
 * exactly binomial. Conover (1999). Null when there are too few values.
 * @example quantileRanks(10, 0.5, 0.05) // { low: 2, high: 9, coverage: 0.978515625 }
 */
export function quantileRanks(n: number, p: number, alpha: number): Ranks | null {
  const below = (rank: number): number => 1 - binomialSfGe(rank, n, p);
  let low = 0;
  while (low < n && below(low + 1) <= alpha / 2) low++;
  let high = low;
  while (high <= n && binomialSfGe(high, n, p) > alpha / 2) high++;
  if (low < 1 || high > n) return null;
  return { low, high, coverage: binomialSfGe(low, n, p) - binomialSfGe(high, n, p) };
}

/**
 * The cap for heavy-tailed totals: quantile p of the non-zero totals of all variants together, one cap for all.
 * Infinity when there are none. @example capAt([0, 0, 1, 2, 3], 0.5) // 2
 */
export function capAt(totals: readonly number[], p: number): number {
  const sorted = Float64Array.from(totals.filter((x) => x !== 0)).toSorted();
  return sorted.length > 0 ? quantile(sorted, p) : Number.POSITIVE_INFINITY;
}
