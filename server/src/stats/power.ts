import { normalIsf, normalSf } from './distributions/normal.ts';
import { increasingRoot } from './root.ts';

export interface TestLevel {
  readonly alpha: number;
  readonly sides: 1 | 2;
}

/**
 * Chance to reject when the true effect is `effect` standard errors from 0; two-sided counts both tails, so it is alpha
 * at 0. @example normalPower(0, { alpha: 0.05, sides: 2 }) // 0.05
 */
export function normalPower(effect: number, { alpha, sides }: TestLevel): number {
  const z = normalIsf(alpha / sides);
  return sides === 2
    ? normalSf(z - Math.abs(effect)) + normalSf(z + Math.abs(effect))
    : normalSf(z - effect);
}

/** z_{α/sides} + z_β: how many standard errors away an effect is found with the wanted power. @example reachOf({ alpha: 0.05, sides: 2 }, 0.8) // 2.801585218026873 */
export function reachOf({ alpha, sides }: TestLevel, power: number): number {
  return normalIsf(alpha / sides) + normalIsf(1 - power);
}

/**
 * Effect, in standard errors, whose power is exactly as wanted, both tails counted.
 * @example effectForPower({ alpha: 0.05, sides: 2 }, 0.8) // 2.801581787
 */
export function effectForPower(level: TestLevel, power: number): number {
  if (level.sides === 1) return reachOf(level, power);
  return increasingRoot((u) => normalPower(u, level), power, [0, reachOf(level, power) + 1]);
}

export interface Allocation extends TestLevel {
  readonly power: number;
  /** Treatment units per control unit. */
  readonly ratio: number;
  /** Per-unit variances: p(1 − p), s², or the linearised variance of a ratio. */
  readonly varianceControl: number;
  readonly varianceTreatment: number;
}

/**
 * Control units (not rounded) that find `effect`; the treatment needs `ratio` times as many. Chow, Shao & Wang (2008).
 * @example controlUnits({ effect: 0.5, alpha: 0.05, sides: 2, power: 0.8, ratio: 1, varianceControl: 196, varianceTreatment: 196 }) // 12307.04342
 */
export function controlUnits(plan: Allocation & { readonly effect: number }): number {
  const { effect, ratio, varianceControl, varianceTreatment } = plan;
  return (reachOf(plan, plan.power) / effect) ** 2 * (varianceControl + varianceTreatment / ratio);
}

/**
 * Effect (not relative) that given units find. @example detectableEffect({ alpha: 0.05, sides: 2, power: 0.8 }, 0.5656854249) // 1.58481586
 */
export function detectableEffect(
  level: TestLevel & { readonly power: number },
  standardError: number,
): number {
  return reachOf(level, level.power) * standardError;
}

/**
 * Control units that show a loss smaller than the margin, one-sided: the distance from the margin to the assumed effect
 * is what must be seen. Chow, Shao & Wang (2008); with several guardrails give power 1 − β/(G + 1), so that all of them
 * pass together (Schultzberg, Ankargren & Frånberg 2024).
 * @example nonInferiorityUnits({ margin: 0.1, effect: 0, alpha: 0.05, power: 0.8, ratio: 1, varianceControl: 25, varianceTreatment: 25 }) // 30912.78616
 */
export function nonInferiorityUnits(
  plan: Omit<Allocation, 'sides'> & { readonly margin: number; readonly effect: number },
): number {
  return controlUnits({ ...plan, sides: 1, effect: plan.margin + plan.effect });
}

/** Share of all units for the control that makes k comparisons with it most precise. Dunnett (1955). @example bestControlShare(1) // 0.5 */
export function bestControlShare(treatments: number): number {
  const root = Math.sqrt(treatments);
  return root / (root + treatments);
}

/** How many times more units clusters of size m with an intra-class correlation need. @example designEffect(10, 0.05) // 1.45 */
export function designEffect(clusterSize: number, icc: number): number {
  return 1 + (clusterSize - 1) * icc;
}
