import type { Estimates } from './estimates.ts';
import { bernoulli } from './power-proportions.ts';
import type { Count } from './proportions.ts';

export interface Period {
  readonly control: Count;
  readonly treatment: Count;
}

/**
 * Shares over periods of constant allocation, weighted by the periods' units: pooling them instead would mistake a
 * drifting base rate for an effect.
 * @example periodStratified([{ control: { n: 500, successes: 50 }, treatment: { n: 500, successes: 55 } }]).treatment // 0.11
 */
export function periodStratified(periods: readonly Period[]): Estimates {
  const total = periods.reduce((sum, p) => sum + p.control.n + p.treatment.n, 0);
  const weighted = (of: (p: Period, weight: number) => number): number =>
    periods.reduce((sum, p) => sum + of(p, (p.control.n + p.treatment.n) / total), 0);
  return {
    control: weighted((p, w) => w * share(p.control)),
    treatment: weighted((p, w) => w * share(p.treatment)),
    varianceControl: weighted((p, w) => w * w * shareVariance(p.control)),
    varianceTreatment: weighted((p, w) => w * w * shareVariance(p.treatment)),
    covariance: 0,
    df: Number.POSITIVE_INFINITY,
  };
}

function share({ n, successes }: Count): number {
  return successes / n;
}

function shareVariance(count: Count): number {
  return bernoulli(share(count)) / (count.n - 1);
}

/** One unit: what it was given, with which probability, and its outcome. */
export interface Observation {
  readonly arm: number;
  readonly propensity: number;
  readonly outcome: number;
}

export interface WeightedMean {
  /** Unbiased. Horvitz & Thompson (1952). */
  readonly horvitzThompson: number;
  /** Normalised weights: slightly biased, far less variable. Hájek (1971). */
  readonly hajek: number;
}

/**
 * Mean outcome of one arm under adaptive assignment, each unit weighted by the inverse of its logged propensity.
 * @example inversePropensityMean([{ arm: 0, propensity: 0.5, outcome: 1 }, { arm: 1, propensity: 0.5, outcome: 0 }], 0) // { horvitzThompson: 1, hajek: 1 }
 */
export function inversePropensityMean(
  observations: readonly Observation[],
  arm: number,
): WeightedMean {
  const own = observations.filter((o) => o.arm === arm);
  const weight = own.reduce((sum, o) => sum + 1 / o.propensity, 0);
  const total = own.reduce((sum, o) => sum + o.outcome / o.propensity, 0);
  return { horvitzThompson: total / observations.length, hajek: total / weight };
}
