import { mixtureReach, oneSidedMixtureReach, tuning } from './confidence-sequence.ts';
import { normalSf } from './distributions/normal.ts';
import { reachOf, type TestLevel } from './power.ts';
import { increasingRoot } from './root.ts';

export interface SequencePlan {
  /** Units of both variants (not rounded) at which the sequence alone has the wanted power. */
  readonly units: number;
  readonly fixedUnits: number;
  readonly inflation: number;
}

/**
 * Units at which a confidence sequence excludes 0 with the wanted power at that single look: a ceiling, as earlier
 * crossings are not counted. `information` is how much 1/SE² one unit (of both variants together) adds.
 * @example sequenceUnits({ effect: 0.5, information: 1 / 784 }, { alpha: 0.05, sides: 2, power: 0.8, tunedTo: 5000 }) // { units: 52580.33033, fixedUnits: 24614.08685, inflation: 2.136188543 }
 */
export function sequenceUnits(
  { effect, information }: { readonly effect: number; readonly information: number },
  level: TestLevel & { readonly power: number; readonly tunedTo: number },
): SequencePlan {
  const fixedUnits = reachOf(level, level.power) ** 2 / (effect * effect * information);
  const powerAt = (lnUnits: number): number =>
    sequencePower(Math.exp(lnUnits), { effect, information }, level);
  const units = Math.exp(
    increasingRoot(powerAt, level.power, [Math.log(fixedUnits), Math.log(fixedUnits) + 6]),
  );
  return { units, fixedUnits, inflation: units / fixedUnits };
}

/**
 * Chance that the sequence excludes 0 at `units`.
 * @example sequencePower(52580, { effect: 0.5, information: 1 / 784 }, { alpha: 0.05, sides: 2, tunedTo: 5000 }) // 0.7999966366
 */
export function sequencePower(
  units: number,
  { effect, information }: { readonly effect: number; readonly information: number },
  { alpha, sides, tunedTo }: TestLevel & { readonly tunedTo: number },
): number {
  const distance = Math.abs(effect) * Math.sqrt(units * information);
  if (sides === 1) {
    const reach = oneSidedMixtureReach(units * tuning(2 * alpha, tunedTo), alpha);
    return normalSf(reach - distance);
  }
  const reach = mixtureReach(units * tuning(alpha, tunedTo), alpha);
  return normalSf(reach - distance) + normalSf(reach + distance);
}
