import type { SimulateBody, Simulation } from '../contract/planning.ts';
import { clopperPearson } from '../stats/calibration.ts';
import { mixtureReach, oneSidedMixtureReach, tuning } from '../stats/confidence-sequence.ts';
import { normalIsf } from '../stats/distributions/normal.ts';
import { spendingBoundary } from '../stats/group-sequential.ts';
import type { TestLevel } from '../stats/power.ts';
import {
  normalsOf,
  type PathDesign,
  type PathTally,
  simulatePaths,
  uniformsOf,
} from '../stats/z-paths.ts';
import { invalid } from './compare/sample.ts';
import { finite } from './compare/drawn.ts';
import { DEFAULT_LOOKS, designOf, largestError, type PlannedTest } from './plan.ts';
import { trafficOf } from './traffic.ts';

/**
 * Power of a plan by simulation: its test with its looks and bounds, over drawn paths of z with the planned effect and
 * without any. The same seed gives the same answer. Throws `invalid`. Pure.
 */
export function simulate(body: SimulateBody): Simulation {
  const planned = designOf(body);
  const { effect, units } = planned;
  const drift = Math.abs(effect.size) / largestError(effect, effect.size, units);
  if (!Number.isFinite(drift)) throw invalid('body.mde', 'leaves nothing to simulate');
  const total = units.reduce((a, b) => a + b, 0);
  const design = pathsOf(body, planned, total);
  const { runs, seed } = body;
  const normal = normalsOf(uniformsOf(seed));
  const real = simulatePaths(design, { drift, runs, normal });
  const none = simulatePaths(design, { drift: 0, runs, normal });
  const peeking = simulatePaths(peekingDesign(design, planned.level), { drift: 0, runs, normal });
  const share = (count: number): Simulation['power'] => {
    const [low, high] = clopperPearson(count, runs, 0.05);
    return { value: count / runs, low, high };
  };
  const won = sum(real.won);
  const expectedUnits = (real.information / runs) * total;
  return {
    unitsPerVariant: units,
    runs,
    seed,
    power: share(won),
    falsePositives: share(stops(none)),
    harmed: share(sum(real.lost)),
    peekingFalsePositives: share(stops(peeking)),
    expectedUnits,
    expectedDays: trafficOf(body)?.daysFor(expectedUnits) ?? null,
    exaggeration: won > 0 && drift > 0 ? real.estimates / won / drift : null,
    looks: design.information.map((information, k) => ({
      units: information * total,
      information,
      win: finite(design.win[k]),
      harm: finite(design.harm[k]),
      won: sum(real.won.slice(0, k + 1)) / runs,
      falsePositives: (sum(none.won.slice(0, k + 1)) + sum(none.lost.slice(0, k + 1))) / runs,
    })),
  };
}

/** The looks and bounds as a readout would hold them: the win towards the planned effect. */
function pathsOf(body: SimulateBody, { level }: PlannedTest, total: number): PathDesign {
  const looks = body.looks ?? DEFAULT_LOOKS;
  const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
  if (body.method === 'fixed') {
    const last = information.map((_, k) => (k === looks - 1 ? critical(level) : Infinity));
    return { information, win: last, harm: twoSided(last, level) };
  }
  if (body.method === 'sequential') {
    const side = (kind: 'obrienFleming' | 'pocock') =>
      spendingBoundary({
        spending: { kind },
        alpha: level.alpha / level.sides,
        mirrored: false,
        information,
      }).z;
    return { information, win: side('obrienFleming'), harm: twoSided(side('pocock'), level) };
  }
  const tunedTo = body.tunedTo ?? total / 2;
  const reaches = information.map((t) => sequenceReach(level, t * total, tunedTo));
  return { information, win: reaches, harm: twoSided(reaches, level) };
}

function sequenceReach({ alpha, sides }: TestLevel, units: number, tunedTo: number): number {
  return sides === 2
    ? mixtureReach(units * tuning(alpha, tunedTo), alpha)
    : oneSidedMixtureReach(units * tuning(2 * alpha, tunedTo), alpha);
}

/** The fixed test, looked at whenever the plan's own test is: what peeking does. */
function peekingDesign({ information }: PathDesign, level: TestLevel): PathDesign {
  const every = information.map(() => critical(level));
  return { information, win: every, harm: twoSided(every, level) };
}

function critical({ alpha, sides }: TestLevel): number {
  return normalIsf(alpha / sides);
}

function twoSided(bounds: readonly number[], { sides }: TestLevel): readonly number[] {
  return sides === 2 ? bounds : bounds.map(() => Infinity);
}

function stops({ won, lost }: PathTally): number {
  return sum(won) + sum(lost);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
