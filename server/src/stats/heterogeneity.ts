import { chiSquareSf } from './distributions/gamma.ts';
import { normalSf } from './distributions/normal.ts';

/** One level of a breakdown, one day, or one experiment: an effect with its standard error. */
export interface Effect {
  readonly effect: number;
  readonly se: number;
}

export interface Heterogeneity {
  readonly pooled: number;
  readonly pooledSe: number;
  /** Cochran's Q: how much more the effects differ than their noise explains. */
  readonly q: number;
  readonly df: number;
  readonly pValue: number;
  /** Share of the spread that is not noise, 0 to 1. Higgins & Thompson (2002). */
  readonly i2: number;
}

/**
 * Whether effects differ. The gate before a segment table may tell a story. Cochran (1954).
 * @example heterogeneity([{ effect: 0.3, se: 0.05 }, { effect: -0.2, se: 0.05 }]).i2 // 0.98
 */
export function heterogeneity(effects: readonly Effect[]): Heterogeneity {
  const { mean, se } = pool(effects);
  const q = effects.reduce((sum, e) => sum + ((e.effect - mean) / e.se) ** 2, 0);
  const df = effects.length - 1;
  return {
    pooled: mean,
    pooledSe: se,
    q,
    df,
    pValue: chiSquareSf(q, df),
    i2: q > 0 ? Math.max(0, 1 - df / q) : 0,
  };
}

/**
 * Two-sided p of each level against all others pooled.
 * @example levelAgainstRest([{ effect: 0.02, se: 0.01 }, { effect: 0.05, se: 0.015 }, { effect: -0.01, se: 0.02 }]) // [0.5907462748, 0.03926927963, 0.07013108437]
 */
export function levelAgainstRest(effects: readonly Effect[]): readonly number[] {
  return effects.map((level, k) => {
    const rest = pool(effects.filter((_, i) => i !== k));
    return 2 * normalSf(Math.abs(level.effect - rest.mean) / Math.hypot(level.se, rest.se));
  });
}

function pool(effects: readonly Effect[]): { readonly mean: number; readonly se: number } {
  const weight = effects.reduce((sum, e) => sum + 1 / e.se ** 2, 0);
  return {
    mean: effects.reduce((sum, e) => sum + e.effect / e.se ** 2, 0) / weight,
    se: 1 / Math.sqrt(weight),
  };
}

export interface Trend {
  readonly slope: number;
  readonly se: number;
  readonly z: number;
  readonly pValue: number;
  readonly mean: number;
}

/**
 * Novelty or primacy: the effect by day since exposure, its slope by weighted least squares. p below 0.01 means that the
 * effect is still moving and the run should be longer.
 * @example noveltyTrend([{ effect: 0.08, se: 0.02 }, { effect: 0.06, se: 0.02 }, { effect: 0.05, se: 0.02 }]).slope // -0.015
 */
export function noveltyTrend(days: readonly Effect[]): Trend {
  const weights = days.map((d) => 1 / d.se ** 2);
  const total = weights.reduce((a, b) => a + b, 0);
  const centre = weights.reduce((sum, w, day) => sum + w * day, 0) / total;
  const { mean } = pool(days);
  const spread = weights.reduce((sum, w, day) => sum + w * (day - centre) ** 2, 0);
  const slope =
    days.reduce((sum, d, day) => sum + weights[day]! * (day - centre) * (d.effect - mean), 0) /
    spread;
  const se = 1 / Math.sqrt(spread);
  return { slope, se, z: slope / se, pValue: 2 * normalSf(Math.abs(slope / se)), mean };
}

/**
 * Whether one experiment changes another's effect on shared users: the difference of the effect with and without it.
 * @example interaction({ effect: 0.05, se: 0.03 }, { effect: 0.05, se: 0.04 }).z // 0
 */
export function interaction(
  without: Effect,
  within: Effect,
): { readonly z: number; readonly pValue: number } {
  const z = (within.effect - without.effect) / Math.hypot(without.se, within.se);
  return { z, pValue: 2 * normalSf(Math.abs(z)) };
}
