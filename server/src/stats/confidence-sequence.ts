import type { Bounds } from './proportions.ts';

/**
 * Tuning ρ² of the asymptotic confidence sequence that makes it narrowest when `units` are in: (−W₋₁(−α²/e) − 1)/units,
 * without Lambert's W: x − ln x = 1 − 2 ln α by Newton. Waudby-Smith et al. (2024). For a one-sided sequence give 2α.
 * @example tuning(0.05, 5000) // 0.001642393612413651
 */
export function tuning(alpha: number, units: number): number {
  const target = 1 - 2 * Math.log(alpha);
  let x = target + Math.log(target);
  for (let i = 0; i < 50; i++) {
    const step = (x - Math.log(x) - target) / (1 - 1 / x);
    x -= step;
    if (Math.abs(step) <= 1e-16 * x) break;
  }
  return (x - 1) / units;
}

/**
 * Everything below is one normal mixture with `ratio` = mixture variance / squared standard error: n·ρ² for the
 * asymptotic confidence sequence (Waudby-Smith et al. 2024), τ²/SE² for the mSPRT (Johari et al. 2022).
 *
 * Standard errors the two-sided interval reaches at level alpha, whenever one looks.
 * @example mixtureReach(16.4, 0.05) // 3.063893433
 */
export function mixtureReach(ratio: number, alpha: number): number {
  return Math.sqrt(2 * (1 + 1 / ratio) * (0.5 * Math.log1p(ratio) - Math.log(alpha)));
}

/**
 * ln of the e-value of z: its exponential exceeds 1/α with probability at most α over all looks together.
 * @example mixtureLnE(1, 2) // 0.6534264097
 */
export function mixtureLnE(ratio: number, z: number): number {
  return (ratio / (1 + ratio)) * 0.5 * z * z - 0.5 * Math.log1p(ratio);
}

/** ln of the anytime two-sided p-value, min(1, 1/e). @example mixtureLnP(10, 0) // 0 */
export function mixtureLnP(ratio: number, z: number): number {
  return Math.min(0, -mixtureLnE(ratio, z));
}

/**
 * Standard errors the one-sided interval reaches at level alpha (arXiv 2103.06476v7, eq. 134).
 * @example oneSidedMixtureReach(16.4, 0.05) // 2.822567655
 */
export function oneSidedMixtureReach(ratio: number, alpha: number): number {
  return Math.sqrt(2 * (1 + 1 / ratio) * Math.log1p(Math.sqrt(1 + ratio) / (2 * alpha)));
}

/** ln of the anytime p-value of H: effect ≤ 0 at statistic z, in closed form. @example oneSidedMixtureLnP(10, -1) // 0 */
export function oneSidedMixtureLnP(ratio: number, z: number): number {
  if (z <= 0) return 0;
  const u = (ratio / (1 + ratio)) * 0.5 * z * z;
  const lnExpm1 = u > 40 ? u : Math.log(Math.expm1(u));
  return Math.min(0, 0.5 * Math.log1p(ratio) - Math.LN2 - lnExpm1);
}

export interface SequenceLook {
  /** Units of both variants so far. */
  readonly n: number;
  readonly estimate: number;
  readonly se: number;
}

export interface SequencePoint {
  readonly pValue: number;
  readonly interval: Bounds;
  /** Smallest p-value so far. */
  readonly runningPValue: number;
  /** Intersection of all intervals so far; null once it is empty, which says that the effect drifts. */
  readonly runningInterval: Bounds | null;
}

/**
 * The confidence sequence along its looks, narrowest at `tunedTo` units, or of the tuning `rho2`.
 * @example sequencePath([{ n: 10000, estimate: 0.03, se: 0.01 }], { alpha: 0.05, tunedTo: 10000 })[0]?.pValue // 0.05495430379
 */
export function sequencePath(
  looks: readonly SequenceLook[],
  tuned: { readonly alpha: number } & ({ readonly tunedTo: number } | { readonly rho2: number }),
): readonly SequencePoint[] {
  const { alpha } = tuned;
  const rho2 = 'rho2' in tuned ? tuned.rho2 : tuning(alpha, tuned.tunedTo);
  let runningPValue = 1;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  return looks.map(({ n, estimate, se }) => {
    const half = se * mixtureReach(n * rho2, alpha);
    const pValue = Math.exp(mixtureLnP(n * rho2, estimate / se));
    runningPValue = Math.min(runningPValue, pValue);
    low = Math.max(low, estimate - half);
    high = Math.min(high, estimate + half);
    return {
      pValue,
      interval: [estimate - half, estimate + half],
      runningPValue,
      runningInterval: low <= high ? [low, high] : null,
    };
  });
}

export interface AnytimeT {
  readonly t: number;
  readonly df: number;
  /** Squared standard error over residual variance, times the prior precision: φ / (φ + (σ/se)²), 0 to 1. */
  readonly shrinkage: number;
}

/**
 * ln Bayes factor of a t statistic, valid at every look, exact for normal data. Lindon, Ham, Tingley & Bojinov (2022).
 * @example anytimeTLnE({ t: 0, df: 50, shrinkage: 0.25 }) // -0.6931471806
 */
export function anytimeTLnE({ t, df, shrinkage }: AnytimeT): number {
  const u = (t * t) / df;
  return 0.5 * Math.log(shrinkage) + ((df + 1) / 2) * (Math.log1p(u) - Math.log1p(shrinkage * u));
}

/**
 * Standard errors the anytime t interval reaches; Infinity while there are too few data to bound it.
 * @example anytimeTReach({ df: 50, shrinkage: 0.25 }, 0.05) // 3.308234705
 */
export function anytimeTReach({ df, shrinkage }: Omit<AnytimeT, 't'>, alpha: number): number {
  const lnG = (-2 * Math.log(alpha) - Math.log(shrinkage)) / (df + 1);
  const room = 1 - Math.exp(lnG) * shrinkage;
  return room > 0 ? Math.sqrt((df * Math.expm1(lnG)) / room) : Number.POSITIVE_INFINITY;
}
