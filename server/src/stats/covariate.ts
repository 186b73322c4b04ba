import type { Estimates } from './estimates.ts';
import { covariance, merge, type Moments, packed, variance } from './moments.ts';

/** One variant's value and covariate, with the variances of both and their covariance (of the means, not of the units). */
interface Arm {
  readonly value: number;
  readonly covariate: number;
  readonly varianceValue: number;
  readonly varianceCovariate: number;
  readonly covariance: number;
  /** Share in the common covariate mean at which both are compared. */
  readonly weight: number;
}

export interface Adjusted {
  readonly estimates: Estimates;
  /** Slopes of control and treatment; equal when pooled. */
  readonly slopes: readonly [number, number];
}

/**
 * Means adjusted by one common within-variant slope, which is analysis of covariance. Deng, Xu, Kohavi & Walker (2013).
 * Columns `[y, x]`; both means are moved to the covariate's common mean.
 * @example pooledAdjustment({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }).slopes // [1.127272727, 1.127272727]
 */
export function pooledAdjustment(control: Moments, treatment: Moments): Adjusted {
  const xy = packed(0, 1, 2);
  const xx = packed(1, 1, 2);
  const slope =
    (control.comoment[xy]! + treatment.comoment[xy]!) /
    (control.comoment[xx]! + treatment.comoment[xx]!);
  return adjust(meanArms(control, treatment), [slope, slope]);
}

/**
 * Means adjusted by the slope of all units taken together, variants ignored: what some tools call CUPED.
 * @example jointAdjustment({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }).slopes // [1.18018018, 1.18018018]
 */
export function jointAdjustment(control: Moments, treatment: Moments): Adjusted {
  const all = merge(control, treatment);
  const slope = covariance(all, 0, 1) / variance(all, 1);
  return adjust(meanArms(control, treatment), [slope, slope]);
}

/**
 * Means adjusted by each variant's own slope: never less precise than unadjusted, asymptotically, also with unequal
 * splits and effects that differ between units. Lin (2013).
 * @example linAdjustment({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }).slopes // [1.3, 1.028571429]
 */
export function linAdjustment(control: Moments, treatment: Moments): Adjusted {
  return adjust(meanArms(control, treatment), [
    covariance(control, 0, 1) / variance(control, 1),
    covariance(treatment, 0, 1) / variance(treatment, 1),
  ]);
}

/**
 * Standard error of Lin's difference for the units at hand: the slopes taken as known at the common covariate mean.
 * @example linStandardError({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }) // 0.2947961362
 */
export function linStandardError(control: Moments, treatment: Moments): number {
  const [a, b] = meanArms(control, treatment);
  const [slopeA, slopeB] = linAdjustment(control, treatment).slopes;
  return Math.sqrt(Math.max(0, residualVariance(a, slopeA) + residualVariance(b, slopeB)));
}

/**
 * The same for the population the units were drawn from: adds the common mean's own variance, seen by differing slopes.
 * @example linPopulationStandardError({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }) // 0.3242817903
 */
export function linPopulationStandardError(control: Moments, treatment: Moments): number {
  const all = merge(control, treatment);
  const [slopeA, slopeB] = linAdjustment(control, treatment).slopes;
  const drawn = ((slopeB - slopeA) ** 2 * variance(all, 1)) / all.n;
  return Math.sqrt(linStandardError(control, treatment) ** 2 + drawn);
}

/**
 * Ratios Σm/Σd adjusted by the pre-period ratio Σp/Σq, both linearised per variant; the slope minimises the variance of
 * the difference. Columns `[m, d, p, q]`. Deng et al. (2013), Deng, Knoblich & Lu (2018).
 * @example ratioAdjustment({ n: 3, mean: [1, 2, 1, 2], comoment: [2, 1, 1, 0, 2, 1, 0, 2, 0, 2] }, { n: 3, mean: [2, 2, 1, 2], comoment: [2, 1, 1, 0, 2, 1, 0, 2, 0, 2] }).slopes // [0.1, 0.1]
 */
export function ratioAdjustment(control: Moments, treatment: Moments): Adjusted {
  const q = control.n * control.mean[3]! + treatment.n * treatment.mean[3]!;
  const a = ratioArm(control, q);
  const b = ratioArm(treatment, q);
  const slope = (a.covariance + b.covariance) / (a.varianceCovariate + b.varianceCovariate);
  return adjust([a, b], [slope, slope]);
}

/**
 * Share of the difference's variance that one common slope removes, 0 to 1 (for ratios; means: see `varianceReduction`).
 * @example varianceReduction(0.6, 1) // 0.64
 */
export function varianceReduction(adjusted: number, raw: number): number {
  return 1 - (adjusted / raw) ** 2;
}

/** Correlation of columns 0 and 1. @example correlation({ n: 2, mean: [0, 0], comoment: [2, 2, 2] }) // 1 */
export function correlation(m: Moments): number {
  return covariance(m, 0, 1) / Math.sqrt(variance(m, 0) * variance(m, 1));
}

function meanArms(control: Moments, treatment: Moments): readonly [Arm, Arm] {
  const n = control.n + treatment.n;
  return [meanArm(control, n), meanArm(treatment, n)];
}

function meanArm(m: Moments, n: number): Arm {
  return {
    value: m.mean[0]!,
    covariate: m.mean[1]!,
    varianceValue: variance(m, 0) / m.n,
    varianceCovariate: variance(m, 1) / m.n,
    covariance: covariance(m, 0, 1) / m.n,
    weight: m.n / n,
  };
}

function ratioArm(moments: Moments, totalQ: number): Arm {
  const [m, d, p, q] = moments.mean as readonly [number, number, number, number];
  const value = m / d;
  const covariate = p / q;
  const c = (i: number, j: number): number => covariance(moments, i, j) / moments.n;
  return {
    value,
    covariate,
    varianceValue: (c(0, 0) - 2 * value * c(0, 1) + value * value * c(1, 1)) / (d * d),
    varianceCovariate:
      (c(2, 2) - 2 * covariate * c(2, 3) + covariate * covariate * c(3, 3)) / (q * q),
    covariance:
      (c(0, 2) - covariate * c(0, 3) - value * c(1, 2) + value * covariate * c(1, 3)) / (d * q),
    weight: (moments.n * q) / totalQ,
  };
}

function residualVariance(arm: Arm, slope: number): number {
  return arm.varianceValue - 2 * slope * arm.covariance + slope * slope * arm.varianceCovariate;
}

/** The common covariate mean is shared by both adjusted values, so they are correlated. */
function adjust([a, b]: readonly [Arm, Arm], slopes: readonly [number, number]): Adjusted {
  const [slopeA, slopeB] = slopes;
  const between = a.covariate - b.covariate;
  const moveA = slopeA * b.weight;
  const moveB = slopeB * a.weight;
  const spread = a.varianceCovariate + b.varianceCovariate;
  return {
    slopes,
    estimates: {
      control: a.value - moveA * between,
      treatment: b.value + moveB * between,
      varianceControl: a.varianceValue - 2 * moveA * a.covariance + moveA * moveA * spread,
      varianceTreatment: b.varianceValue - 2 * moveB * b.covariance + moveB * moveB * spread,
      covariance:
        moveB * (a.covariance - moveA * a.varianceCovariate) +
        moveA * (b.covariance - moveB * b.varianceCovariate),
      df: Number.POSITIVE_INFINITY,
    },
  };
}
