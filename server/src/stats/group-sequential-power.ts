import { normalIsf } from './distributions/normal.ts';
import type { Boundary } from './group-sequential.ts';
import { reaches } from './killed-walk.ts';
import { increasingRoot } from './root.ts';

/**
 * P(the upper bound is crossed for the first time at each look) under a drift: the expected z at full information.
 * @example crossingProbabilities(fixedBoundary({ information: [1], mirrored: false }, [1.959963984540054]), 0) // [0.025]
 */
export function crossingProbabilities(
  { information, z, walks }: Boundary,
  drift: number,
): readonly number[] {
  return information.map((t, k) => reaches(walks[k]!, t, z[k]! * Math.sqrt(t), drift));
}

export interface DesignPower {
  /** Expected z at full information that gives the power. */
  readonly drift: number;
  /** Sample size over that of the test with one look. */
  readonly inflation: number;
  readonly cumulativePower: readonly number[];
  /** Expected share of the planned sample at the stop. */
  readonly expectedInformation: number;
}

/**
 * What a design costs at a wanted power. Jennison & Turnbull (2000), ch. 7.
 * @example designPower(spendingBoundary({ spending: { kind: 'obrienFleming' }, alpha: 0.025, mirrored: false, information: [0.5, 1] }), 0.025, 0.8).inflation // 1.003725026
 */
export function designPower(design: Boundary, alpha: number, power: number): DesignPower {
  const total = (drift: number): number => sum(crossingProbabilities(design, drift));
  const fixed = normalIsf(alpha) + normalIsf(1 - power);
  const drift = increasingRoot(total, power, [fixed * 0.5, fixed * 3]);
  const first = crossingProbabilities(design, drift);
  const cumulativePower = first.map((_, k) => sum(first.slice(0, k + 1)));
  const last = design.information.at(-1)!;
  const stopped = sum(first.map((p, k) => p * design.information[k]!));
  return {
    drift,
    inflation: (drift / fixed) ** 2,
    cumulativePower,
    expectedInformation: stopped + last * (1 - sum(first)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
