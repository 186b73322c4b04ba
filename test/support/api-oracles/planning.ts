import { boundariesCall, planCall } from './call.ts';

interface Level {
  readonly alpha: number;
  readonly sides: 1 | 2;
}
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
interface Spender {
  readonly alpha: number;
  readonly sided: 1 | 2;
  readonly spending: 'obf' | 'pocock' | 'power';
  readonly rho?: number | null;
}
const SHAPES: Readonly<Record<string, number>> = { OF: 0, P: 0.5 };

export const planning = {
  power_mean_t: (i: Tails & Arms & { delta: number; sd: number }) => ({
    power: planCall({ ...meanPlan(i), ...tails(i), test: 't', units: [i.nA, i.nB] }).achievedPower,
  }),
  n_mean_t: (i: Wanted & { delta: number; sd: number; ratio: number }) => {
    const { exact, unitsPerVariant } = planCall({
      ...meanPlan(i),
      ...level(i),
      test: 't',
      variants: [1, i.ratio],
    });
    return { n_exact: exact[0], n_perArm: unitsPerVariant[0] };
  },
  n_prop_pooled: (i: Wanted & Shares) => {
    const { exact, unitsPerVariant } = planCall({ ...sharePlan(i), ...level(i), test: 'pooled' });
    return { n_exact: exact[0], n_perArm: unitsPerVariant[0] };
  },
  power_prop_pooled: (i: Level & Shares & { n: number }) => ({
    power: planCall({ ...sharePlan(i), ...level(i), test: 'pooled', units: [i.n, i.n] })
      .achievedPower,
  }),
  n_prop_arcsine: (i: Wanted & Shares) => ({
    n_exact: planCall({ ...sharePlan(i), ...level(i), test: 'arcsine' }).exact[0],
  }),
  n_prop_unpooled: (i: Wanted & Shares & { ratio: number; comparisonsBonferroni: number }) =>
    sized(
      planCall({
        ...sharePlan(i),
        ...level(i),
        variants: [1, i.ratio],
        comparisons: i.comparisonsBonferroni,
      }),
    ),
  power_prop_unpooled: (i: Tails & Shares & Arms) => ({
    power: planCall({ ...sharePlan(i), ...tails(i), units: [i.nA, i.nB] }).achievedPower,
  }),
  power_mean_z: (i: Tails & Arms & { delta: number; sd: number }) => ({
    power: planCall({ ...meanPlan(i), ...tails(i), units: [i.nA, i.nB] }).achievedPower,
  }),
  n_mean_z: (i: Wanted & { delta: number; sd: number; ratio: number }) =>
    sized(planCall({ ...meanPlan(i), ...level(i), variants: [1, i.ratio] })),
  mde_prop: (i: Arms & { pA: number; alpha: number; power: number }) => {
    const { mde } = planCall({
      kind: 'proportion',
      baseline: { rate: i.pA },
      alpha: i.alpha,
      power: i.power,
      units: [i.nA, i.nB],
    });
    return {
      mdeAbs: mde.absolute,
      mdeRel: mde.relative,
      mdeAbsBaselineVariance: mde.absoluteAtBaseline,
    };
  },
  mde_mean_z: (i: Arms & { mean: number; sd: number; alpha: number; power: number }) => {
    const { mde } = planCall({
      kind: 'mean',
      baseline: { mean: i.mean, variance: i.sd ** 2 },
      alpha: i.alpha,
      power: i.power,
      units: [i.nA, i.nB],
    });
    return { mdeAbs: mde.absolute, mdeRel: mde.relative };
  },
  n_ratio_cuped: (i: {
    ratio: number;
    unitVar: number;
    relativeMde: number;
    alpha: number;
    power: number;
    cupedCorrelation: number;
  }) => {
    const { exact, unitsPerVariant } = planCall({
      kind: 'ratio',
      baseline: { mean: i.ratio, variance: i.unitVar },
      mde: { relative: i.relativeMde },
      alpha: i.alpha,
      power: i.power,
      cupedR2: i.cupedCorrelation ** 2,
    });
    return { nPerArm_exact: exact[0], nPerArm: unitsPerVariant[0] };
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
    sized(
      planCall({
        kind: 'mean',
        baseline: { mean: i.mean, variance: i.unitVar },
        margin: i.nimRelative,
        trueLift: i.trueLift,
        alpha: i.alphaOneSided,
        power: i.power,
        variants: [1, i.ratio],
        jointTests: i.betaCorrectionDivisor,
      }),
    ),
  n_multi_variant: (i: {
    pA: number;
    pB: number;
    alpha: number;
    power: number;
    treatments: number;
    correction: 'bonferroni' | 'dunnett';
  }) => {
    const found = planCall({
      ...sharePlan(i),
      alpha: i.alpha,
      power: i.power,
      variants: Array.from({ length: i.treatments + 1 }, () => 1),
      correction: i.correction,
    });
    return {
      nPerArm: found.unitsPerVariant[0],
      total: found.total,
      sqrtAllocationControlShare: found.bestControlShare,
    };
  },
  n_anytime: (i: { delta: number; sd: number; alpha: number; power: number; tuningN: number }) => {
    const found = planCall({
      ...meanPlan(i),
      alpha: i.alpha,
      power: i.power,
      method: 'confidenceSequence',
      tunedTo: i.tuningN,
    });
    return {
      rho2: found.rho2,
      totalN: found.exactTotal,
      fixedTotalN: found.fixedTotal,
      inflation: found.inflation,
    };
  },
  duration_linear: (i: {
    totalUnits: number;
    eligibleNewUnitsPerDay: number;
    exposure: number;
    minDays: number;
    roundToDays: number;
  }) => {
    const found = planCall({
      kind: 'mean',
      baseline: { mean: 1, variance: 1 },
      units: [i.totalUnits / 2, i.totalUnits / 2],
      unitsPerDay: i.eligibleNewUnitsPerDay,
      exposure: i.exposure,
      minDays: i.minDays,
      roundToDays: i.roundToDays,
    });
    return { rawDays: found.rawDays, days: found.days };
  },
  spending_boundary: (i: Spender & { t: number[] }) => {
    const found = boundariesCall({
      spending: spendingOf(i),
      alpha: i.alpha,
      sides: i.sided,
      information: i.t,
    });
    const cost = i.sided === 1 && i.t.at(-1) === 1 ? found.cost : null;
    return {
      z: unspent(found.critical),
      cumulativeAlphaPerSide: found.spent,
      nominalPPerSide: found.nominalP,
      inflationFactorPower80: cost?.inflation,
      driftPower80: cost?.drift,
      cumulativePowerAtDrift: cost?.cumulativePower,
      expectedInfoFractionH1: cost?.expectedInformation,
    };
  },
  spending_boundary_clock: (
    i: Spender & { informationRatio: number[]; spendingTime: number[] },
  ) => {
    const found = boundariesCall({
      spending: spendingOf(i),
      alpha: i.alpha,
      sides: i.sided,
      information: i.informationRatio,
      clock: i.spendingTime,
    });
    return { z: unspent(found.critical), cumulativeAlphaPerSide: found.spent };
  },
  classical_boundary: (i: {
    type: string;
    delta?: number;
    t: number[];
    alpha: number;
    sided: 1 | 2;
  }) => ({
    z: boundariesCall({
      shape: i.delta ?? SHAPES[i.type],
      alpha: i.alpha,
      sides: i.sided,
      information: i.t,
    }).critical,
  }),
  naive_peeking_fpr: ({ looks, alpha }: { looks: number; alpha: number }) => {
    const fixed = boundariesCall({ alpha, looks: 1 }).critical[0];
    return {
      fpr: boundariesCall({ critical: Array.from({ length: looks }, () => fixed), looks })
        .falsePositives,
    };
  },
};

function level({ alpha, sides, power }: Level & { readonly power?: number }): object {
  return {
    alpha,
    alternative: sides === 2 ? 'two-sided' : 'greater',
    ...(power === undefined ? {} : { power }),
  };
}

function tails(i: Tails): object {
  return { ...level(i), ...(i.oneTail === true ? { farTail: false } : {}) };
}

function sharePlan({ pA, pB }: Shares): object {
  return { kind: 'proportion', baseline: { rate: pA }, mde: { absolute: pB - pA } };
}

function meanPlan({ delta, sd }: { readonly delta: number; readonly sd: number }): object {
  return { kind: 'mean', baseline: { mean: 0, variance: sd ** 2 }, mde: { absolute: delta } };
}

function sized({ exact, unitsPerVariant, total }: ReturnType<typeof planCall>): object {
  return { nA_exact: exact[0], nA: unitsPerVariant[0], nB: unitsPerVariant[1], total };
}

function spendingOf({ spending, rho }: Spender): unknown {
  if (spending === 'power') return { power: rho ?? 1 };
  return spending === 'obf' ? 'obrienFleming' : 'pocock';
}

function unspent(critical: readonly (number | null)[]): readonly number[] {
  return critical.map((z) => z ?? Infinity);
}
