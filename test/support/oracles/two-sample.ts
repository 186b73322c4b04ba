import { compare, type Shape } from '@assay/server/stats/compare';
import type { Alternative, Comparison } from '@assay/server/stats/comparison';
import { normalIsf, normalLnSf } from '@assay/server/stats/distributions/normal';
import { studentIsf } from '@assay/server/stats/distributions/student';
import {
  difference,
  meanEstimates,
  ratioEstimates,
  ratioUnitVariance,
  standardError,
} from '@assay/server/stats/estimates';
import { fisherExact } from '@assay/server/stats/fisher';
import { fixedReference } from '@assay/server/stats/reference';
import { infer } from '@assay/server/stats/inference';
import { type Moments, variance } from '@assay/server/stats/moments';
import {
  agrestiCaffo,
  type Count,
  miettinenNurminen,
  newcombe,
  pooledZ,
  proportionEstimates,
  wilson,
} from '@assay/server/stats/proportions';
import {
  bounds,
  fromMeanVariance,
  fromRatioSums,
  fromSums,
  lifts,
  type MeanVariance,
  type RatioSums,
  type Sums,
} from './samples.ts';

interface Pair<T> {
  readonly a: T;
  readonly b: T;
  readonly level: number;
}

interface Counted {
  readonly x: number;
  readonly n: number;
}

export const twoSample = {
  welch_from_sums: ({ a, b, level }: Pair<Sums>) => welch(fromSums(a), fromSums(b), 1 - level),
  welch_from_moments: ({ a, b, level }: Pair<MeanVariance>) =>
    welch(fromMeanVariance(a), fromMeanVariance(b), 1 - level),
  proportions: ({ a, b, level }: Pair<Counted>) => proportions(count(a), count(b), 1 - level),
  fisher_exact: ({ a, b }: Pair<Counted>) => ({ pTwoSided: fisherExact(count(a), count(b)) }),
  ratio_delta: ({ a, b, level }: Pair<RatioSums>) =>
    ratio(fromRatioSums(a), fromRatioSums(b), 1 - level),
};

function count({ x, n }: Counted): Count {
  return { n, successes: x };
}

function fixed(
  shape: Shape,
  [control, treatment]: readonly [Moments, Moments],
  {
    alpha,
    alternative = 'two-sided',
  }: { readonly alpha: number; readonly alternative?: Alternative },
): Comparison {
  return compare({ shape, control, treatment }, { alpha, alternative });
}

function welch(a: Moments, b: Moments, alpha: number): object {
  const pair = [a, b] as const;
  const e = meanEstimates(a, b);
  const two = fixed('mean', pair, { alpha });
  const greater = fixed('mean', pair, { alpha, alternative: 'greater' });
  const less = fixed('mean', pair, { alpha, alternative: 'less' });
  const z = two.pValue === null ? null : infer(e, fixedReference(alpha, 'two-sided', Infinity));
  const relative = two.pValue !== null && two.relative;
  return {
    meanA: two.control,
    meanB: two.treatment,
    varA: variance(a),
    varB: variance(b),
    diff: two.absolute.estimate,
    se: two.standardError,
    df: two.df ?? null,
    t: two.statistic,
    pTwoSided: two.pValue,
    pGreater: greater.pValue,
    pLess: less.pValue,
    pTwoSidedZ: z && z.pValue,
    ciT: bounds(two.absolute),
    ciZ: z && bounds(z.absolute),
    ciGreaterT: bounds(greater.absolute),
    ciLessT: bounds(less.absolute),
    relative: e.control === 0 ? two.relative : lifts(e, normalIsf(alpha / 2)),
    relativeT: relative || e.control !== 0 ? lifts(e, studentIsf(alpha / 2, e.df)) : null,
  };
}

function proportions(a: Count, b: Count, alpha: number): object {
  const e = proportionEstimates(a, b);
  const z = normalIsf(alpha / 2);
  const wald = infer(e, fixedReference(alpha, 'two-sided', Infinity));
  const pooled = pooledZ(a, b);
  const n = a.n + b.n;
  const share = (a.successes + b.successes) / n;
  return {
    pA: e.control,
    pB: e.treatment,
    diff: difference(e),
    seUnpooled: standardError(e),
    sePooled: Math.sqrt(share * (1 - share) * (1 / a.n + 1 / b.n)),
    zUnpooled: wald.statistic,
    zPooled: pooled,
    pUnpooled: wald.pValue,
    pPooled: pooled === null ? null : 2 * Math.exp(normalLnSf(Math.abs(pooled))),
    chi2Pooled: pooled === null ? null : pooled * pooled,
    ciWald: [difference(e) - z * standardError(e), difference(e) + z * standardError(e)],
    ciNewcombe: newcombe(a, b, z),
    ciAgrestiCaffo: agrestiCaffo(a, b, z),
    ciMiettinenNurminen: miettinenNurminen(a, b, z),
    wilsonA: wilson(a, z),
    wilsonB: wilson(b, z),
    relative: lifts(e, z),
  };
}

function ratio(a: Moments, b: Moments, alpha: number): object {
  const e = ratioEstimates(a, b);
  const result = fixed('ratio', [a, b], { alpha });
  return {
    meanA: result.control,
    meanB: result.treatment,
    unitVarA: ratioUnitVariance(a),
    unitVarB: ratioUnitVariance(b),
    seA: Math.sqrt(e.varianceControl),
    seB: Math.sqrt(e.varianceTreatment),
    diff: result.absolute.estimate,
    se: result.standardError,
    z: result.statistic,
    pTwoSided: result.pValue,
    ciZ: bounds(result.absolute),
    relative: lifts(e, normalIsf(alpha / 2)),
  };
}
