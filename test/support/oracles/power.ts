import { compareToMargin } from '@assay/server/stats/margin';
import { bonferroniAlpha, dunnettCritical } from '@assay/server/stats/multiplicity';
import { normalIsf, normalSf } from '@assay/server/stats/distributions/normal';
import {
  bestControlShare,
  controlUnits,
  detectableEffect,
  nonInferiorityUnits,
  normalPower,
} from '@assay/server/stats/power';
import {
  arcsineUnits,
  bernoulli,
  detectableShare,
  detectableShareAtBaseline,
  pooledPower,
  pooledUnits,
} from '@assay/server/stats/power-proportions';
import { sequenceUnits } from '@assay/server/stats/power-sequence';
import { studentPower, studentUnits } from '@assay/server/stats/power-t';
import { tuning } from '@assay/server/stats/confidence-sequence';
import { wholeDays } from '@assay/server/stats/duration';

interface Level {
  readonly alpha: number;
  readonly sides: 1 | 2;
}
/** `oneTail` leaves the far tail of a two-sided test out. */
interface Tails extends Level {
  readonly oneTail?: boolean;
}
interface Wanted extends Level {
  readonly power: number;
}
interface Shares {
  readonly pA: number;
  readonly pB: number;
}
interface Arms {
  readonly nA: number;
  readonly nB: number;
}

export const power = {
  power_mean_t: (i: Tails & Arms & { delta: number; sd: number }) => ({
    power: studentPower({ ...i, ...tails(i), effect: i.delta, control: i.nA, treatment: i.nB }),
  }),
  n_mean_t: (i: Wanted & { delta: number; sd: number; ratio: number }) => {
    const n = studentUnits({ ...i, effect: i.delta });
    return { n_exact: n, n_perArm: Math.ceil(n) };
  },
  n_prop_pooled: (i: Wanted & Shares) => {
    const n = pooledUnits(shares(i), i, i.power);
    return { n_exact: n, n_perArm: Math.ceil(n) };
  },
  power_prop_pooled: (i: Level & Shares & { n: number }) => ({
    power: pooledPower(shares(i), i, i.n),
  }),
  n_prop_arcsine: (i: Wanted & Shares) => ({ n_exact: arcsineUnits(shares(i), i, i.power) }),
  n_prop_unpooled: (i: Wanted & Shares & { ratio: number; comparisonsBonferroni: number }) =>
    rounded(
      controlUnits({
        ...i,
        ...variances(i),
        alpha: bonferroniAlpha(i.alpha, i.comparisonsBonferroni),
        effect: i.pB - i.pA,
      }),
      i.ratio,
    ),
  power_prop_unpooled: (i: Tails & Shares & Arms) => ({
    power: normalPower(
      (i.pB - i.pA) / Math.sqrt(bernoulli(i.pA) / i.nA + bernoulli(i.pB) / i.nB),
      tails(i),
    ),
  }),
  power_mean_z: (i: Tails & Arms & { delta: number; sd: number }) => ({
    power: normalPower(i.delta / (i.sd * Math.sqrt(1 / i.nA + 1 / i.nB)), tails(i)),
  }),
  n_mean_z: (i: Wanted & { delta: number; sd: number; ratio: number }) =>
    rounded(
      controlUnits({
        ...i,
        effect: i.delta,
        varianceControl: i.sd ** 2,
        varianceTreatment: i.sd ** 2,
      }),
      i.ratio,
    ),
  mde_prop: (i: Arms & { pA: number; alpha: number; power: number }) => {
    const units = { control: i.nA, treatment: i.nB };
    const level = { alpha: i.alpha, sides: 2, power: i.power } as const;
    const mde = detectableShare(i.pA, units, level);
    return {
      mdeAbs: mde,
      mdeRel: mde === null ? null : mde / i.pA,
      mdeAbsBaselineVariance: detectableShareAtBaseline(i.pA, units, level),
    };
  },
  mde_mean_z: (i: Arms & { mean: number; sd: number; alpha: number; power: number }) => {
    const se = i.sd * Math.sqrt(1 / i.nA + 1 / i.nB);
    const mde = detectableEffect({ alpha: i.alpha, sides: 2, power: i.power }, se);
    return { mdeAbs: mde, mdeRel: mde / i.mean };
  },
  n_ratio_cuped: (i: {
    ratio: number;
    unitVar: number;
    relativeMde: number;
    alpha: number;
    power: number;
    cupedCorrelation: number;
  }) => {
    const left = i.unitVar * (1 - i.cupedCorrelation ** 2);
    const n = controlUnits({
      effect: i.ratio * i.relativeMde,
      alpha: i.alpha,
      sides: 2,
      power: i.power,
      ratio: 1,
      varianceControl: left,
      varianceTreatment: left,
    });
    return { nPerArm_exact: n, nPerArm: Math.ceil(n) };
  },
  n_noninferiority: (i: {
    mean: number;
    unitVar: number;
    nimRelative: number;
    trueLift: number;
    alphaOneSided: number;
    power: number;
    ratio: number;
    betaCorrectionDivisor: number;
  }) =>
    rounded(
      nonInferiorityUnits({
        margin: i.nimRelative * i.mean,
        effect: i.trueLift * i.mean,
        alpha: i.alphaOneSided,
        power: 1 - (1 - i.power) / i.betaCorrectionDivisor,
        ratio: i.ratio,
        varianceControl: i.unitVar,
        varianceTreatment: i.unitVar,
      }),
      i.ratio,
    ),
  noninferiority_test: marginTest,
  n_multi_variant: (i: {
    pA: number;
    pB: number;
    alpha: number;
    power: number;
    treatments: number;
    correction: 'bonferroni' | 'dunnett';
  }) => {
    const alpha =
      i.correction === 'bonferroni'
        ? bonferroniAlpha(i.alpha, i.treatments)
        : 2 * normalSf(dunnettCritical(i.treatments, i.alpha, 2));
    const n = Math.ceil(
      controlUnits({
        ...variances(i),
        alpha,
        sides: 2,
        power: i.power,
        ratio: 1,
        effect: i.pB - i.pA,
      }),
    );
    return {
      nPerArm: n,
      total: n * (i.treatments + 1),
      sqrtAllocationControlShare: bestControlShare(i.treatments),
    };
  },
  n_anytime: (i: { delta: number; sd: number; alpha: number; power: number; tuningN: number }) => {
    const plan = sequenceUnits(
      { effect: i.delta, information: 1 / (4 * i.sd ** 2) },
      { alpha: i.alpha, sides: 2, power: i.power, tunedTo: i.tuningN },
    );
    return {
      rho2: tuning(i.alpha, i.tuningN),
      totalN: plan.units,
      fixedTotalN: plan.fixedUnits,
      inflation: plan.inflation,
    };
  },
  duration_linear: (i: {
    totalUnits: number;
    eligibleNewUnitsPerDay: number;
    exposure: number;
    minDays: number;
    roundToDays: number;
  }) => {
    const rawDays = i.totalUnits / (i.eligibleNewUnitsPerDay * i.exposure);
    return { rawDays, days: wholeDays(rawDays, { minimum: i.minDays, step: i.roundToDays }) };
  },
};

function tails({ alpha, sides, oneTail }: Tails): Level {
  return oneTail === true && sides === 2 ? { alpha: alpha / 2, sides: 1 } : { alpha, sides };
}

function shares({ pA, pB }: Shares): { readonly control: number; readonly treatment: number } {
  return { control: pA, treatment: pB };
}

function variances({ pA, pB }: Shares): {
  readonly varianceControl: number;
  readonly varianceTreatment: number;
} {
  return { varianceControl: bernoulli(pA), varianceTreatment: bernoulli(pB) };
}

function rounded(exact: number, ratio: number): object {
  const nA = Math.ceil(exact);
  const nB = Math.ceil(exact * ratio);
  return { nA_exact: exact, nA, nB, total: nA + nB };
}

/** The cases take the margin as a fixed number: a control without noise of its own stands for that. */
function marginTest(i: {
  meanA: number;
  meanB: number;
  se: number;
  nimRelative: number;
  alphaOneSided: number;
  higherIsBetter: boolean;
}): object {
  const n = 1e15;
  const exact = { n, mean: [i.meanA], comoment: [0] };
  const noisy = { n, mean: [i.meanB], comoment: [i.se ** 2 * n * (n - 1)] };
  const result = compareToMargin(
    { shape: 'mean', control: exact, treatment: noisy },
    { alpha: i.alphaOneSided, margin: i.nimRelative, direction: i.higherIsBetter ? 'up' : 'down' },
  );
  const sign = i.higherIsBetter ? 1 : -1;
  const z = (sign * (i.meanB - i.meanA) + i.nimRelative * i.meanA) / i.se;
  return {
    z,
    p: result.pNonInferior,
    nonInferior: result.nonInferior,
    lowerBound: sign * (i.meanB - i.meanA) - normalIsf(i.alphaOneSided) * i.se,
    margin: -i.nimRelative * i.meanA,
  };
}
