import {
  type Adjusted,
  correlation,
  jointAdjustment,
  linAdjustment,
  linPopulationStandardError,
  linStandardError,
  pooledAdjustment,
  ratioAdjustment,
  varianceReduction,
} from '@assay/server/stats/covariate';
import { normalIsf, normalSf } from '@assay/server/stats/distributions/normal';
import {
  difference,
  meanEstimates,
  ratioEstimates,
  standardError,
} from '@assay/server/stats/estimates';
import type { Moments } from '@assay/server/stats/moments';
import { postStratify } from '@assay/server/stats/post-stratify';
import { fromProducts, fromSums, lifts, type Sums } from './samples.ts';

interface MeanSums {
  readonly n: number;
  readonly sumY: number;
  readonly sumY2: number;
  readonly sumX: number;
  readonly sumX2: number;
  readonly sumXY: number;
}
type RatioKey =
  | `sum${'M' | 'D' | 'P' | 'Q'}`
  | `sum${'MM' | 'MD' | 'MP' | 'MQ' | 'DD' | 'DP' | 'DQ' | 'PP' | 'PQ' | 'QQ'}`;
type RatioSums = Readonly<Record<RatioKey, number>> & { readonly n: number };
interface Pair<T> {
  readonly a: T;
  readonly b: T;
  readonly level: number;
}

export const covariate = {
  post_stratified_mean: ({ cells, level }: { cells: { a: Sums; b: Sums }[]; level: number }) => {
    const { estimates: e, populationVariance } = postStratify(
      cells.map(({ a, b }) => ({ control: fromSums(a), treatment: fromSums(b) })),
    );
    const se = standardError(e);
    const critical = normalIsf((1 - level) / 2);
    return {
      meanA: e.control,
      meanB: e.treatment,
      diff: difference(e),
      seFixedWeights: se,
      seRandomWeights: Math.sqrt(populationVariance),
      ciZ: [difference(e) - critical * se, difference(e) + critical * se],
      pTwoSided: 2 * normalSf(Math.abs(difference(e) / se)),
      relative: lifts(e, critical),
    };
  },
  cuped_mean: ({ a, b, level }: Pair<MeanSums>) =>
    means(fromMeanSums(a), fromMeanSums(b), 1 - level),
  cuped_ratio: ({ a, b, level }: Pair<RatioSums>) =>
    ratios(fromRatioSums(a), fromRatioSums(b), 1 - level),
};

function fromMeanSums(s: MeanSums): Moments {
  return fromProducts(s.n, [s.sumY, s.sumX], [s.sumY2, s.sumXY, s.sumX2]);
}

function fromRatioSums(s: RatioSums): Moments {
  return fromProducts(
    s.n,
    [s.sumM, s.sumD, s.sumP, s.sumQ],
    [s.sumMM, s.sumMD, s.sumMP, s.sumMQ, s.sumDD, s.sumDP, s.sumDQ, s.sumPP, s.sumPQ, s.sumQQ],
  );
}

function means(a: Moments, b: Moments, alpha: number): object {
  const raw = meanEstimates(a, b);
  const rawSe = standardError(raw);
  const pooled = safe(pooledAdjustment(a, b), a, b);
  const joint = safe(jointAdjustment(a, b), a, b);
  const lin = safe(linAdjustment(a, b), a, b);
  const linSe = a.comoment[2] === 0 && b.comoment[2] === 0 ? rawSe : linStandardError(a, b);
  const superpopulation = a.comoment[2] === 0 ? rawSe : linPopulationStandardError(a, b);
  return {
    raw: { meanA: raw.control, meanB: raw.treatment, diff: difference(raw), se: rawSe },
    ancova: {
      ...described(pooled, standardError(pooled.estimates), rawSe, alpha),
      theta: pooled.slopes[0],
    },
    joint: {
      ...described(joint, standardError(joint.estimates), rawSe, alpha),
      theta: joint.slopes[0],
    },
    lin: {
      ...described(lin, linSe, rawSe, alpha),
      ...(lin.slopes[0] === lin.slopes[1] ? { theta: lin.slopes[0] } : {}),
      thetaA: lin.slopes[0],
      thetaB: lin.slopes[1],
      seNeyman: linSe,
      seSuperpop: superpopulation,
    },
    corr: [correlation(a), correlation(b)].map((r) => (Number.isNaN(r) ? null : r)),
  };
}

/** Without spread in the covariate there is nothing to adjust: slope 0. */
function safe(adjusted: Adjusted, a: Moments, b: Moments): Adjusted {
  if (adjusted.slopes.every(Number.isFinite)) return adjusted;
  return { estimates: { ...meanEstimates(a, b), df: Infinity }, slopes: [0, 0] };
}

function described({ estimates: e }: Adjusted, se: number, rawSe: number, alpha: number): object {
  const z = difference(e) / se;
  const critical = normalIsf(alpha / 2);
  return {
    adjMeanA: e.control,
    adjMeanB: e.treatment,
    diff: difference(e),
    se,
    z,
    pTwoSided: 2 * normalSf(Math.abs(z)),
    ciZ: [difference(e) - critical * se, difference(e) + critical * se],
    varianceReduction: varianceReduction(se, rawSe),
    s11: e.varianceControl,
    s22: e.varianceTreatment,
    s12: e.covariance,
    relative: lifts(e, critical),
  };
}

function ratios(a: Moments, b: Moments, alpha: number): object {
  const raw = ratioEstimates(a, b);
  const { estimates: e, slopes } = ratioAdjustment(a, b);
  const se = standardError(e);
  const critical = normalIsf(alpha / 2);
  return {
    rawDiff: difference(raw),
    rawSe: standardError(raw),
    theta: slopes[0],
    adjA: e.control,
    adjB: e.treatment,
    diff: difference(e),
    se,
    pTwoSided: 2 * normalSf(Math.abs(difference(e) / se)),
    ciZ: [difference(e) - critical * se, difference(e) + critical * se],
    varianceReduction: varianceReduction(se, standardError(raw)),
    relative: lifts(e, critical),
  };
}
