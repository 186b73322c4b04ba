import type { CompareDetail, Comparison } from '@assay/server/contract';
import { fromProducts, type MeanVariance, type RatioSums, type Sums } from '../oracles/samples.ts';
import { banditCall, compareCall, pair } from './call.ts';

interface Pair<T> {
  readonly a: T;
  readonly b: T;
  readonly level: number;
}
interface Counted {
  readonly x: number;
  readonly n: number;
}

export const comparing = {
  welch_from_sums: ({ a, b, level }: Pair<Sums>) => welch(fromSums(a), fromSums(b), 1 - level),
  welch_from_moments: ({ a, b, level }: Pair<MeanVariance>) =>
    welch(meanOf(a), meanOf(b), 1 - level),
  proportions: ({ a, b, level }: Pair<Counted>) => {
    const ask = (more: object): Comparison =>
      compareCall({
        kind: 'proportion',
        control: count(a),
        treatment: count(b),
        alpha: 1 - level,
        ...more,
      });
    const { detail } = ask({});
    const { shares } = detail;
    // Asked for by name, the same numbers come out in front.
    const front = (interval: string) => pair(ask({ interval, test: 'z' }).absolute);
    return {
      pA: detail.control,
      pB: detail.treatment,
      diff: ask({}).absolute.estimate,
      seUnpooled: shares?.standardErrorUnpooled,
      sePooled: shares?.standardErrorPooled,
      zUnpooled: shares?.zUnpooled,
      zPooled: shares?.zPooled,
      pUnpooled: shares?.pUnpooled,
      pPooled: shares?.pPooled,
      chi2Pooled: shares?.chiSquare,
      ciWald: pair(shares?.wald),
      ciNewcombe: front('newcombe'),
      ciAgrestiCaffo: front('agrestiCaffo'),
      ciMiettinenNurminen: front('miettinenNurminen'),
      wilsonA: pair(shares?.wilson.control),
      wilsonB: pair(shares?.wilson.treatment),
      relative: liftsOf(detail.liftZ),
    };
  },
  fisher_exact: ({ a, b }: Pair<Counted>) => ({
    pTwoSided: compareCall({
      kind: 'proportion',
      test: 'fisher',
      control: count(a),
      treatment: count(b),
    }).pValue,
  }),
  ratio_delta: ({ a, b, level }: Pair<RatioSums>) => {
    const found = compareCall({
      kind: 'ratio',
      control: ratioOf(a),
      treatment: ratioOf(b),
      alpha: 1 - level,
    });
    const { detail } = found;
    return {
      meanA: detail.control,
      meanB: detail.treatment,
      unitVarA: detail.unitVarianceControl,
      unitVarB: detail.unitVarianceTreatment,
      seA: root(detail.varianceControl),
      seB: root(detail.varianceTreatment),
      diff: found.absolute.estimate,
      se: found.standardError,
      z: found.statistic,
      pTwoSided: found.pValue,
      ciZ: pair(found.absolute),
      relative: liftsOf(detail.liftZ),
    };
  },
  cuped_mean: ({ a, b, level }: Pair<MeanSums>) => {
    const ask = (adjustment: string): Comparison =>
      compareCall({
        kind: 'mean',
        test: 'z',
        adjustment,
        control: withCovariate(a),
        treatment: withCovariate(b),
        alpha: 1 - level,
      });
    const raw = ask('none');
    return {
      raw: {
        meanA: raw.detail.control,
        meanB: raw.detail.treatment,
        diff: raw.absolute.estimate,
        se: raw.standardError,
      },
      ancova: adjusted(ask('pooled'), raw),
      joint: adjusted(ask('joint'), raw),
      lin: lin(ask('lin'), raw),
      corr: [
        raw.detail.adjustment?.correlation?.control,
        raw.detail.adjustment?.correlation?.treatment,
      ],
    };
  },
  cuped_ratio: ({ a, b, level }: Pair<FourSums>) => {
    const ask = (adjustment: string): Comparison =>
      compareCall({
        kind: 'ratio',
        adjustment,
        control: fourOf(a),
        treatment: fourOf(b),
        alpha: 1 - level,
      });
    const found = ask('pooled');
    const { detail } = found;
    return {
      rawDiff: ask('none').absolute.estimate,
      rawSe: ask('none').standardError,
      theta: detail.adjustment?.slopes.control,
      adjA: detail.control,
      adjB: detail.treatment,
      diff: found.absolute.estimate,
      se: found.standardError,
      pTwoSided: found.pValue,
      ciZ: pair(found.absolute),
      varianceReduction: found.varianceReduction,
      relative: liftsOf(detail.liftZ),
    };
  },
  post_stratified_mean: ({ cells, level }: { cells: { a: Sums; b: Sums }[]; level: number }) => {
    const found = compareCall({
      kind: 'mean',
      strata: cells.map(({ a, b }) => ({ control: fromSums(a), treatment: fromSums(b) })),
      alpha: 1 - level,
    });
    return {
      meanA: found.detail.control,
      meanB: found.detail.treatment,
      diff: found.absolute.estimate,
      seFixedWeights: found.standardError,
      seRandomWeights: found.detail.strata?.standardErrorPopulation,
      ciZ: pair(found.absolute),
      pTwoSided: found.pValue,
      relative: liftsOf(found.detail.liftZ),
    };
  },
  period_stratified_difference: ({
    periods,
  }: {
    periods: { a: { n: number; sum: number }; b: { n: number; sum: number } }[];
  }) => {
    const found = compareCall({
      kind: 'proportion',
      strata: periods.map(({ a, b }) => ({
        control: { n: a.n, successes: a.sum },
        treatment: { n: b.n, successes: b.sum },
      })),
    });
    return {
      diff: found.absolute.estimate,
      se: found.standardError,
      z: found.statistic,
      naivePooledDiff: found.detail.strata?.pooledDifference,
    };
  },
  quantile_clustered: (i: { p: number; level: number; a: Events; b: Events }) => {
    const found = compareCall({
      kind: 'quantile',
      quantile: i.p,
      alpha: 1 - i.level,
      control: { units: byUser(i.a) },
      treatment: { units: byUser(i.b) },
    });
    const defined = found.standardError !== null;
    return {
      a: sideOf(found.detail.quantile?.control),
      b: sideOf(found.detail.quantile?.treatment),
      diff: found.absolute.estimate,
      se: found.standardError,
      pTwoSided: found.pValue,
      ciZ: defined ? pair(found.absolute) : null,
    };
  },
  quantile_cluster_sigma: (i: {
    p: number;
    events: number;
    clusters: number;
    sumS: number;
    sumS2: number;
    sumC: number;
    sumC2: number;
    sumSC: number;
  }) => {
    const { n, mean, comoment } = fromProducts(
      i.clusters,
      [i.sumS, i.sumC],
      [i.sumS2, i.sumSC, i.sumC2],
    );
    const side = {
      n,
      below: { mean: mean[0]!, variance: comoment[0]! / (n - 1) },
      events: { mean: mean[1]!, variance: comoment[2]! / (n - 1) },
      covariance: comoment[1]! / (n - 1),
    };
    const found = compareCall({ kind: 'quantile', quantile: i.p, control: side, treatment: side });
    const q = found.detail.quantile?.control;
    return { sigmaP: q?.sigma, pLow: q?.pLow, pHigh: q?.pHigh, designEffect: q?.designEffect };
  },
  noninferiority_test: (i: {
    meanA: number;
    meanB: number;
    se: number;
    nimRelative: number;
    alphaOneSided: number;
    higherIsBetter: boolean;
  }) => {
    const found = compareCall({
      kind: 'effect',
      effect: { estimate: i.meanB - i.meanA, standardError: i.se, control: i.meanA },
      alpha: i.alphaOneSided,
      margin: { relative: i.nimRelative, direction: i.higherIsBetter ? 'up' : 'down' },
    });
    const m = found.detail.margin;
    return {
      z: m?.statistic,
      p: m?.pNonInferior,
      nonInferior: m?.nonInferior,
      lowerBound: m?.bound,
      margin: m?.margin,
    };
  },
  normal_normal: (i: {
    estimate: number;
    se: number;
    priorMean: number;
    priorVariance: number;
    proper: boolean;
    level: number;
    rope: number;
  }) => {
    const found = compareCall({
      kind: 'effect',
      method: 'bayesian',
      effect: { estimate: i.estimate, standardError: i.se },
      alpha: 1 - i.level,
      prior: i.proper ? { mean: i.priorMean, sd: Math.sqrt(i.priorVariance) } : 'flat',
      rope: i.rope,
    });
    const p = found.detail.posterior;
    return {
      mean: p?.mean,
      sd: p?.sd,
      chanceToWin: found.probabilityBetter,
      ci: pair(found.absolute),
      lossIfKeepControl: p?.lossIfKeep,
      lossIfShip: found.expectedLoss,
      probInRope: p?.probabilityInRope,
      probAboveRope: p?.probabilityAboveRope,
    };
  },
  beta_binomial: (i: { a: Counted; b: Counted; prior: [number, number] }) => {
    const found = compareCall({
      kind: 'proportion',
      method: 'bayesian',
      control: count(i.a),
      treatment: count(i.b),
      prior: { a: i.prior[0], b: i.prior[1] },
    });
    const p = found.detail.posterior;
    return {
      posteriorA: [p?.control?.a, p?.control?.b],
      posteriorB: [p?.treatment?.a, p?.treatment?.b],
      meanA: p?.control?.mean,
      meanB: p?.treatment?.mean,
      chanceToWin: found.probabilityBetter,
      lossIfShip: found.expectedLoss,
      lossIfKeepControl: p?.lossIfKeep,
      ciB: pair(p?.treatment),
    };
  },
  gamma_poisson: (i: {
    a: { count: number; exposure: number };
    b: { count: number; exposure: number };
    prior: [number, number];
  }) => ({
    chanceToWin: compareCall({
      kind: 'rate',
      method: 'bayesian',
      control: i.a,
      treatment: i.b,
      prior: { shape: i.prior[0], rate: i.prior[1] },
    }).probabilityBetter,
  }),
  bandit_weights: (i: { means: number[]; sds: number[]; floor: number }) => {
    const found = banditCall({
      arms: i.means.map((mean, k) => ({ mean, sd: i.sds[k] })),
      floor: i.floor,
    });
    return {
      probBest: found.best,
      thompson: found.thompson,
      topTwoRusso: found.topTwo,
      topTwoSameDraw: found.topTwoSameDraw,
    };
  },
  ipw_means: (i: { observations: { arm: number; propensityOfArm: number; y: number }[] }) =>
    Object.fromEntries(
      banditCall({
        observations: i.observations.map((o) => ({
          arm: o.arm,
          propensity: o.propensityOfArm,
          outcome: o.y,
        })),
      }).means?.map(({ arm, ...mean }) => [arm, mean]) ?? [],
    ),
};

function welch(control: object, treatment: object, alpha: number): object {
  const ask = (more: object): Comparison =>
    compareCall({ kind: 'mean', control, treatment, alpha, ...more });
  const two = ask({});
  const greater = ask({ alternative: 'greater' });
  const less = ask({ alternative: 'less' });
  const z = ask({ test: 'z' });
  const { detail } = two;
  return {
    meanA: detail.control,
    meanB: detail.treatment,
    varA: detail.unitVarianceControl,
    varB: detail.unitVarianceTreatment,
    diff: two.absolute.estimate,
    se: two.standardError,
    df: two.df ?? null,
    t: two.statistic,
    pTwoSided: two.pValue,
    pGreater: greater.pValue,
    pLess: less.pValue,
    pTwoSidedZ: z.pValue,
    ciT: pair(two.absolute),
    ciZ: pair(z.absolute),
    ciGreaterT: pair(greater.absolute),
    ciLessT: pair(less.absolute),
    relative: liftsOf(detail.liftZ),
    relativeT: liftsOf(detail.lift),
  };
}

function liftsOf(lift: CompareDetail['lift']): object | null {
  if (!lift) return null;
  return {
    lift: lift.estimate,
    seDelta: lift.standardError,
    ciDelta: pair(lift.delta),
    ciLog: pair(lift.log),
    ciFieller: pair(lift.fieller),
  };
}

function adjusted(found: Comparison, raw: Comparison): object {
  const { detail } = found;
  return {
    adjMeanA: detail.control,
    adjMeanB: detail.treatment,
    diff: found.absolute.estimate,
    se: found.standardError,
    z: found.statistic,
    pTwoSided: found.pValue,
    ciZ: pair(found.absolute),
    varianceReduction: found.varianceReduction ?? (raw.standardError === null ? null : 0),
    s11: detail.varianceControl,
    s22: detail.varianceTreatment,
    s12: detail.covariance,
    relative: liftsOf(detail.liftZ),
    theta: detail.adjustment?.slopes.control ?? 0,
  };
}

/** In front stands the population's standard error; the cases ask for that of the units at hand. */
function lin(found: Comparison, raw: Comparison): object {
  const { detail } = found;
  const { slopes, sample } = detail.adjustment ?? {};
  const front = adjusted(found, raw);
  if (sample === undefined)
    return {
      ...front,
      thetaA: 0,
      thetaB: 0,
      seNeyman: raw.standardError,
      seSuperpop: raw.standardError,
    };
  return {
    ...front,
    se: sample.standardError,
    z: sample.z,
    pTwoSided: sample.pValue,
    ciZ: pair(sample),
    varianceReduction: sample.varianceReduction,
    s12: sample.covariance,
    relative: liftsOf(sample.lift),
    thetaA: slopes?.control,
    thetaB: slopes?.treatment,
    seNeyman: sample.standardError,
    seSuperpop: found.standardError,
  };
}

interface MeanSums {
  readonly n: number;
  readonly sumY: number;
  readonly sumY2: number;
  readonly sumX: number;
  readonly sumX2: number;
  readonly sumXY: number;
}
type FourKey =
  | `sum${'M' | 'D' | 'P' | 'Q'}`
  | `sum${'MM' | 'MD' | 'MP' | 'MQ' | 'DD' | 'DP' | 'DQ' | 'PP' | 'PQ' | 'QQ'}`;
type FourSums = Readonly<Record<FourKey, number>> & { readonly n: number };

function fromSums({ n, sum, sumSq }: Sums): object {
  return meanOf({
    n,
    mean: sum / n,
    var: n > 1 ? Math.max(0, sumSq - (sum * sum) / n) / (n - 1) : 0,
  });
}

function meanOf(m: MeanVariance): object {
  return { n: m.n, mean: Number.isFinite(m.mean) ? m.mean : 0, variance: m.var };
}

function withCovariate(s: MeanSums): object {
  const { n, mean, comoment } = fromProducts(s.n, [s.sumY, s.sumX], [s.sumY2, s.sumXY, s.sumX2]);
  const [y = 0, xy = 0, x = 0] = comoment.map((c) => c / (n - 1));
  return {
    n,
    mean: mean[0],
    variance: Math.max(0, y),
    covariate: { mean: mean[1], variance: Math.max(0, x), covariance: xy },
  };
}

function ratioOf(s: RatioSums): object {
  const { n, mean, comoment } = fromProducts(s.n, [s.sumM, s.sumD], [s.sumM2, s.sumMD, s.sumD2]);
  const [m = 0, md = 0, d = 0] = comoment.map((c) => (n > 1 ? c / (n - 1) : 0));
  return {
    n,
    numerator: { mean: mean[0], variance: Math.max(0, m) },
    denominator: { mean: mean[1], variance: Math.max(0, d) },
    covariance: md,
  };
}

function fourOf(s: FourSums): object {
  const { n, mean, comoment } = fromProducts(
    s.n,
    [s.sumM, s.sumD, s.sumP, s.sumQ],
    [s.sumMM, s.sumMD, s.sumMP, s.sumMQ, s.sumDD, s.sumDP, s.sumDQ, s.sumPP, s.sumPQ, s.sumQQ],
  );
  const c = comoment.map((x) => x / (n - 1));
  return {
    n,
    numerator: { mean: mean[0], variance: c[0] },
    denominator: { mean: mean[1], variance: c[4] },
    covariance: c[1],
    covariate: {
      numerator: { mean: mean[2], variance: c[7] },
      denominator: { mean: mean[3], variance: c[9] },
      covariance: c[8],
      cross: [
        [c[2], c[3]],
        [c[5], c[6]],
      ],
    },
  };
}

function count({ x, n }: Counted): object {
  return { n, successes: x };
}

function root(x: number | null): number | null {
  return x === null ? null : Math.sqrt(x);
}

interface Events {
  readonly values: readonly number[];
  readonly user: readonly number[];
}

function byUser({ values, user }: Events): readonly (readonly number[])[] {
  const units = new Map<number, number[]>();
  values.forEach((value, i) => {
    const own = units.get(user[i]!);
    if (own) own.push(value);
    else units.set(user[i]!, [value]);
  });
  return [...units.values()];
}

function sideOf(q: NonNullable<CompareDetail['quantile']>['control'] | undefined): object | null {
  if (!q) return null;
  return {
    quantile: q.quantile,
    sigmaP: q.sigma,
    sigmaPiid: q.sigmaIndependent,
    designEffect: q.designEffect,
    pLow: q.pLow,
    pHigh: q.pHigh,
    ci: pair(q),
    se: q.standardError,
    events: q.events,
    clusters: q.units,
  };
}
