import { covariance, type Moments, variance } from './moments.ts';

/**
 * Two variants reduced to what inference needs: a value each, the variances of those two values and their covariance
 * (0 unless both were adjusted with shared data). `df` is Infinity where the normal distribution is meant.
 */
export interface Estimates {
  readonly control: number;
  readonly treatment: number;
  readonly varianceControl: number;
  readonly varianceTreatment: number;
  readonly covariance: number;
  readonly df: number;
}

/** Treatment − control. @example difference({ control: 2, treatment: 5 }) // 3 */
export function difference(e: Pick<Estimates, 'control' | 'treatment'>): number {
  return e.treatment - e.control;
}

/**
 * Standard error of treatment − control.
 * @example standardError({ varianceControl: 9, varianceTreatment: 16, covariance: 0 }) // 5
 */
export function standardError(
  e: Pick<Estimates, 'varianceControl' | 'varianceTreatment' | 'covariance'>,
): number {
  return Math.sqrt(Math.max(0, e.varianceControl + e.varianceTreatment - 2 * e.covariance));
}

/**
 * Means of column 0 with Welch's degrees of freedom. Welch (1947), Satterthwaite (1946).
 * @example meanEstimates({ n: 4, mean: [2], comoment: [12] }, { n: 4, mean: [3], comoment: [12] }) // { control: 2, treatment: 3, varianceControl: 1, varianceTreatment: 1, covariance: 0, df: 6 }
 */
export function meanEstimates(control: Moments, treatment: Moments): Estimates {
  const varianceControl = variance(control) / control.n;
  const varianceTreatment = variance(treatment) / treatment.n;
  const share = varianceControl / (varianceControl + varianceTreatment);
  return {
    control: control.n > 0 ? control.mean[0]! : Number.NaN,
    treatment: treatment.n > 0 ? treatment.mean[0]! : Number.NaN,
    varianceControl,
    varianceTreatment,
    covariance: 0,
    df: 1 / (share ** 2 / (control.n - 1) + (1 - share) ** 2 / (treatment.n - 1)),
  };
}

/**
 * Ratios of sums Σm/Σd from columns `[m, d]`, units independent, by the delta method. Deng, Knoblich & Lu (2018).
 * @example ratioEstimates({ n: 2, mean: [1, 2], comoment: [2, 0, 2] }, { n: 2, mean: [2, 2], comoment: [2, 0, 2] }).treatment // 1
 */
export function ratioEstimates(control: Moments, treatment: Moments): Estimates {
  return {
    control: ratio(control),
    treatment: ratio(treatment),
    varianceControl: ratioUnitVariance(control) / control.n,
    varianceTreatment: ratioUnitVariance(treatment) / treatment.n,
    covariance: 0,
    df: Number.POSITIVE_INFINITY,
  };
}

function ratio(m: Moments): number {
  return m.n > 0 && m.mean[1] !== 0 ? m.mean[0]! / m.mean[1]! : Number.NaN;
}

/**
 * Per-unit variance of the linearised ratio; divide by n for the variance of Σm/Σd. NaN when Σd is 0.
 * @example ratioUnitVariance({ n: 2, mean: [1, 2], comoment: [2, 0, 2] }) // 0.625
 */
export function ratioUnitVariance(m: Moments): number {
  const r = ratio(m);
  const spread = variance(m, 0) - 2 * r * covariance(m, 0, 1) + r * r * variance(m, 1);
  return Math.max(0, spread) / m.mean[1]! ** 2;
}
