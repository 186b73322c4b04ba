import { conditionalPower, stageWise } from '@assay/server/stats/after-stop';
import { normalSf } from '@assay/server/stats/distributions/normal';
import {
  classicalBoundary,
  fixedBoundary,
  peekingFalsePositives,
  spendingBoundary,
} from '@assay/server/stats/group-sequential';
import { designPower } from '@assay/server/stats/group-sequential-power';
import type { Spending } from '@assay/server/stats/spending';

interface Level {
  readonly alpha: number;
  readonly sided: 1 | 2;
}

interface Spender extends Level {
  readonly spending: 'obf' | 'pocock' | 'power';
  readonly rho?: number | null;
}

/** O'Brien–Fleming and Pocock as Wang–Tsiatis shapes. */
const SHAPES: Readonly<Record<string, number>> = { OF: 0, P: 0.5 };

export const groupSequential = {
  spending_boundary: (i: Spender & { t: number[] }) => {
    const alpha = perSide(i);
    const design = spendingBoundary({
      spending: spendingOf(i),
      alpha,
      mirrored: i.sided === 2,
      information: i.t,
    });
    const cost = i.sided === 1 && i.t.at(-1) === 1 ? designPower(design, alpha, 0.8) : undefined;
    return {
      z: design.z,
      cumulativeAlphaPerSide: design.spent,
      nominalPPerSide: design.z.map(normalSf),
      inflationFactorPower80: cost?.inflation,
      driftPower80: cost?.drift,
      cumulativePowerAtDrift: cost?.cumulativePower,
      expectedInfoFractionH1: cost?.expectedInformation,
    };
  },
  spending_boundary_clock: (
    i: Spender & { informationRatio: number[]; spendingTime: number[] },
  ) => {
    const design = spendingBoundary({
      spending: spendingOf(i),
      alpha: perSide(i),
      mirrored: i.sided === 2,
      information: i.informationRatio,
      clock: i.spendingTime,
    });
    return { z: design.z, cumulativeAlphaPerSide: design.spent };
  },
  classical_boundary: (i: Level & { type: string; delta?: number; t: number[] }) => ({
    z: classicalBoundary(
      { alpha: perSide(i), mirrored: i.sided === 2, information: i.t },
      i.delta ?? SHAPES[i.type] ?? Number.NaN,
    ).z,
  }),
  stagewise_inference: (i: {
    t: number[];
    bounds: number[];
    stopLookIndex0: number;
    zObserved: number;
  }) => {
    const design = fixedBoundary({ information: i.t, mirrored: false }, i.bounds);
    const result = stageWise(design, { look: i.stopLookIndex0, z: i.zObserved }, 0.05);
    return {
      p: result.pValue,
      naiveP: normalSf(i.zObserved),
      medianUnbiasedDrift: result.drift,
      ci95Drift: [result.low, result.high],
      naiveDrift: i.zObserved / Math.sqrt(i.t[i.stopLookIndex0]!),
    };
  },
  conditional_power: (i: { t: number; z: number; alphaOneSided: number; drift: number | null }) => {
    const { conditional, predictive } = conditionalPower({ ...i, alpha: i.alphaOneSided });
    return { conditionalPower: conditional, predictivePowerFlatPrior: predictive };
  },
  naive_peeking_fpr: ({ looks, alpha }: { looks: number; alpha: number }) => ({
    fpr: peekingFalsePositives(looks, alpha),
  }),
};

function perSide({ alpha, sided }: Level): number {
  return sided === 2 ? alpha / 2 : alpha;
}

function spendingOf({ spending, rho }: Spender): Spending {
  if (spending === 'power') return { kind: 'power', rho: rho ?? 1 };
  return { kind: spending === 'obf' ? 'obrienFleming' : 'pocock' };
}
