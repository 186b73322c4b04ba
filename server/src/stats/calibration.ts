import { betaQuantile } from './distributions/beta.ts';
import { binomialLnPmf } from './distributions/binomial.ts';
import { kolmogorovSf } from './distributions/kolmogorov.ts';
import type { Bounds } from './proportions.ts';

export interface Calibration {
  readonly rejections: number;
  readonly falsePositiveRate: number;
  /** 99 %, exact. */
  readonly interval: Bounds;
  /** Two-sided exact p of the rate against alpha. */
  readonly pRate: number;
  /** Largest distance of the p-values from uniform, and its p-value. */
  readonly distance: number;
  readonly pUniform: number;
}

/**
 * Whether p-values of A/A comparisons behave: as many below alpha as there should be, and uniform.
 * @example calibrate([0.1, 0.3, 0.5, 0.7, 0.9], 0.05) // { rejections: 0, falsePositiveRate: 0, interval: [0, 0.6534275784], pRate: 1, distance: 0.1, pUniform: 1 }
 */
export function calibrate(pValues: readonly number[], alpha: number): Calibration {
  const n = pValues.length;
  const rejections = pValues.filter((p) => p < alpha).length;
  const distance = uniformDistance(pValues);
  return {
    rejections,
    falsePositiveRate: rejections / n,
    interval: clopperPearson(rejections, n, 0.01),
    pRate: binomialTest(rejections, n, alpha),
    distance,
    pUniform: kolmogorovSf(distance, n),
  };
}

/** Kolmogorov–Smirnov distance from the uniform distribution. @example uniformDistance([0.25, 0.75]) // 0.25 */
export function uniformDistance(values: readonly number[]): number {
  const n = values.length;
  return values
    .toSorted((a, b) => a - b)
    .reduce((most, x, i) => Math.max(most, (i + 1) / n - x, x - i / n), 0);
}

/** Exact interval of a share. Clopper & Pearson (1934). @example clopperPearson(0, 10, 0.05) // [0, 0.30849710781876083] */
export function clopperPearson(successes: number, n: number, alpha: number): Bounds {
  return [
    successes === 0 ? 0 : betaQuantile(alpha / 2, successes, n - successes + 1),
    successes === n ? 1 : 1 - betaQuantile(alpha / 2, n - successes, successes + 1),
  ];
}

/**
 * Two-sided exact binomial p: all outcomes no likelier than the one seen.
 * @example binomialTest(8, 200, 0.05) // 0.6272687601
 */
export function binomialTest(successes: number, n: number, p: number): number {
  const limit = binomialLnPmf(successes, n, p) + 1e-7;
  let likelier = 0;
  for (let k = 0; k <= n; k++) {
    const ln = binomialLnPmf(k, n, p);
    if (ln > limit) likelier += Math.exp(ln);
  }
  return Math.max(0, Math.min(1, 1 - likelier));
}
