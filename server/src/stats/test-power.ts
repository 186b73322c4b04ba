import { mixtureReach, oneSidedMixtureReach, tuning } from './confidence-sequence.ts';
import { normalIsf, normalSf } from './distributions/normal.ts';
import { type Boundary, spendingBoundary } from './group-sequential.ts';
import { crossingProbabilities } from './group-sequential-power.ts';
import { effectForPower, normalPower, type TestLevel } from './power.ts';
import { increasingRoot } from './root.ts';

/** What a test can see, in standard errors of the estimate at the planned end. */
export interface TestPower {
  /** Chance to reject when the true effect is that many standard errors from 0. */
  readonly power: (distance: number) => number;
  /** Distance that is found with the wanted power. */
  readonly distance: (power: number) => number;
}

/**
 * Looked at once.
 * @example fixedTestPower({ alpha: 0.05, sides: 2 }).power(0) // 0.05
 */
export function fixedTestPower(level: TestLevel): TestPower {
  return {
    power: (distance) => normalPower(distance, level),
    distance: (power) => effectForPower(level, power),
  };
}

/**
 * Looked at `looks` times, evenly spaced, O'Brien–Fleming spending towards the win.
 * @example groupTestPower({ alpha: 0.05, sides: 2 }, 5).distance(0.8) // 2.83600125
 */
export function groupTestPower(level: TestLevel, looks: number): TestPower {
  const boundary = evenBoundary(level, looks);
  const power = (distance: number): number =>
    crossingProbabilities(boundary, distance).reduce((a, b) => a + b, 0);
  return { power, distance: (wanted) => increasingRoot(power, wanted, [0, 40]) };
}

function evenBoundary({ alpha, sides }: TestLevel, looks: number): Boundary {
  return spendingBoundary({
    spending: { kind: 'obrienFleming' },
    alpha: alpha / sides,
    mirrored: false,
    information: Array.from({ length: looks }, (_, k) => (k + 1) / looks),
  });
}

/**
 * Looked at all the time: a confidence sequence judged at the planned end alone (crossings before it only add power).
 * `ratio` is n·ρ² there; narrowest at half the planned units when absent.
 * @example sequenceTestPower({ alpha: 0.05, sides: 2 }).distance(0.8) // 3.905624349
 */
export function sequenceTestPower({ alpha, sides }: TestLevel, ratio?: number): TestPower {
  const reach =
    sides === 2
      ? mixtureReach(ratio ?? 2 * tuning(alpha, 1), alpha)
      : oneSidedMixtureReach(ratio ?? 2 * tuning(2 * alpha, 1), alpha);
  const power = (distance: number): number =>
    normalSf(reach - distance) + (sides === 2 ? normalSf(reach + distance) : 0);
  return {
    power,
    distance: (wanted) =>
      increasingRoot(power, wanted, [0, reach + Math.max(0, normalIsf(1 - wanted)) + 1]),
  };
}
