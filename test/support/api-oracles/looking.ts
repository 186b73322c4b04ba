import { compareCall, pair, srmCall } from './call.ts';

interface Sequence {
  readonly estimate: number;
  readonly se: number;
  readonly n: number;
  readonly alpha: number;
  readonly rho2: number;
}
interface Looks {
  readonly looks: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

export const looking = {
  rho_tuning: ({ alpha, tStar }: { alpha: number; tStar: number }) => ({
    rho2Exact: compareCall({
      kind: 'effect',
      method: 'confidenceSequence',
      alpha,
      tuning: { units: tStar },
      effect: { estimate: 0, standardError: 1, units: tStar },
    }).detail.sequence?.rho2,
  }),
  asymptotic_cs_two_sided: (i: Sequence) => {
    const found = sequence(i);
    const s = found.detail.sequence;
    return {
      halfWidth: s?.halfWidth,
      ci: pair(found.absolute),
      lnE: s?.lnE,
      p: found.pValue,
      lnP: s?.lnP,
    };
  },
  asymptotic_cs_one_sided: (i: Sequence & { alternative: 'greater' | 'less' }) => {
    const found = sequence(i, { alternative: i.alternative });
    const halfWidth = found.detail.sequence?.halfWidth;
    return i.alternative === 'greater'
      ? { halfWidth, lower: found.absolute.low, p: found.pValue }
      : { halfWidth, upper: found.absolute.high, p: found.pValue };
  },
  msprt: (i: { estimate: number; se: number; tau2: number; alpha: number }) => {
    const found = compareCall({
      kind: 'effect',
      method: 'msprt',
      alpha: i.alpha,
      tuning: { variance: i.tau2 },
      effect: { estimate: i.estimate, standardError: i.se },
    });
    const s = found.detail.sequence;
    return { lnLambda: s?.lnE, p: found.pValue, halfWidth: s?.halfWidth, ci: pair(found.absolute) };
  },
  asymptotic_cs_path: (i: {
    alpha: number;
    tStar: number;
    looks: { n: number; estimate: number; se: number }[];
  }) => {
    const looks = i.looks.map((l) => ({ units: l.n, estimate: l.estimate, standardError: l.se }));
    const found = compareCall({
      kind: 'effect',
      method: 'confidenceSequence',
      alpha: i.alpha,
      tuning: { units: i.tStar, history: looks.slice(0, -1) },
      effect: looks.at(-1),
    });
    return {
      looks: found.detail.sequence?.path?.map((point) => ({
        p: point.pValue,
        pRunningMin: point.runningPValue,
        ci: pair(point.interval),
        ciRunning: pair(point.runningInterval),
      })),
    };
  },
  anytime_t: (i: {
    t: number;
    nu: number;
    se: number;
    sigma: number;
    phi: number;
    alpha: number;
  }) => {
    const found = compareCall({
      kind: 'effect',
      method: 'anytimeT',
      alpha: i.alpha,
      tuning: { phi: i.phi },
      effect: { estimate: i.t * i.se, standardError: i.se, df: i.nu, sd: i.sigma },
    });
    const { estimate, high } = found.absolute;
    return {
      lnBF: found.detail.anytimeT?.lnE,
      p: found.pValue,
      radius: high === null ? null : high - estimate!,
    };
  },
  stagewise_inference: (i: {
    t: number[];
    bounds: number[];
    stopLookIndex0: number;
    zObserved: number;
  }) => {
    const looks = i.t.slice(0, i.stopLookIndex0 + 1);
    const found = compareCall({
      kind: 'effect',
      method: 'groupSequential',
      plannedUnits: 1,
      looks: looks.slice(0, -1),
      effect: { estimate: i.zObserved, standardError: 1, units: looks.at(-1) },
      design: { bounds: i.bounds },
    });
    const stop = found.detail.group?.afterStop;
    return {
      p: stop?.pValue,
      naiveP: stop?.naive.pValue,
      medianUnbiasedDrift: stop?.drift.estimate,
      ci95Drift: pair(stop?.drift),
      naiveDrift: stop?.naive.drift,
    };
  },
  conditional_power: (i: { t: number; z: number; alphaOneSided: number; drift: number | null }) => {
    const found = compareCall({
      kind: 'effect',
      method: 'groupSequential',
      alternative: 'greater',
      alpha: i.alphaOneSided,
      plannedUnits: 1,
      effect: { estimate: i.z, standardError: 1, units: i.t },
      design: i.drift === null ? {} : { drift: i.drift },
    });
    const cp = found.detail.group?.conditionalPower;
    return { conditionalPower: cp?.conditional, predictivePowerFlatPrior: cp?.predictive };
  },
  srm_chi2: ({ observed, weights }: { observed: number[]; weights: number[] }) => {
    const found = srmCall({ counts: named(observed), weights: named(weights) });
    return {
      chi2: found.chiSquare,
      df: found.df,
      p: found.pValue,
      lnP: found.log10PValue === null ? null : found.log10PValue * Math.LN10,
      ...(found.strays ? { alarm: 'units in a zero-weight arm' } : {}),
    };
  },
  srm_sequential: ({ looks, weights, concentration }: Looks & { concentration: number }) =>
    srmLooks({ looks, weights }, [concentration]),
  srm_sequential_mixture: ({
    looks,
    weights,
    concentrations,
  }: Looks & { concentrations: number[] }) => srmLooks({ looks, weights }, concentrations),
};

function sequence(i: Sequence, more: object = {}): ReturnType<typeof compareCall> {
  return compareCall({
    kind: 'effect',
    method: 'confidenceSequence',
    alpha: i.alpha,
    tuning: { rho2: i.rho2 },
    effect: { estimate: i.estimate, standardError: i.se, units: i.n },
    ...more,
  });
}

function srmLooks({ looks, weights }: Looks, concentrations: readonly number[]): object {
  const found = srmCall({ looks: looks.map(named), weights: named(weights), concentrations });
  return {
    looks: found.looks?.map((look) => ({
      lnBayesFactor: look.lnBayesFactor ?? Infinity,
      pSequential: look.pValue,
      pNow: look.pNow,
    })),
  };
}

function named(values: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(values.map((n, k) => [`v${k}`, n]));
}
