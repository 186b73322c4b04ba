import type {
  Adjusted,
  AdjustBody,
  BanditBody,
  BanditResult,
  EffectsBody,
  EffectsResult,
  SrmBody,
  SrmResult,
  TrustBody,
  TrustResult,
} from '../contract/calculator.ts';
import { balanceDistance, balancePValue, balanceThreshold } from '../stats/balance.ts';
import {
  floorFor,
  probabilityBest,
  probabilitySecond,
  topTwo,
  withFloor,
} from '../stats/bandit.ts';
import { inversePropensityMean } from '../stats/bandit-analysis.ts';
import { calibrate } from '../stats/calibration.ts';
import { normalSf } from '../stats/distributions/normal.ts';
import { heterogeneity, levelAgainstRest, noveltyTrend } from '../stats/heterogeneity.ts';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  bonferroniAlpha,
  dunnettCritical,
  eBenjaminiHochberg,
  falseCoverageRate,
  hochberg,
  holm,
  hommel,
  normalInterval,
} from '../stats/multiplicity.ts';
import {
  cumulativeImpact,
  learnHistory,
  shrink,
  winnersEstimate,
  winnersTotal,
} from '../stats/programme.ts';
import { sampleRatio, sequentialSampleRatio, srmLnMixture } from '../stats/srm.ts';
import { falsePositiveRisk, largestBayesFactor, leastFalsePositiveRisk } from '../stats/trust.ts';
import { finite } from './compare/drawn.ts';
import { invalid } from './compare/sample.ts';

type Counts = Readonly<Record<string, number>>;

/** Observed counts against weights, variant by variant; a variant missing on one side has none there. */
export function sampleRatioOf({ counts, weights, looks, concentrations }: SrmBody): SrmResult {
  const seen = [counts ?? {}, ...(looks ?? [])].flatMap((c) => Object.keys(c));
  const variants = [...new Set([...Object.keys(weights), ...seen])];
  const row = (of: Counts): number[] => variants.map((v) => of[v] ?? 0);
  const added = (looks ?? []).map(row);
  const total = counts ?? totalOf(variants, added);
  const { chiSquare, df, pValue, log10PValue, suspicious, severe, strays } = sampleRatio(
    row(total),
    row(weights),
  );
  return {
    chiSquare,
    df,
    pValue,
    log10PValue,
    suspicious,
    severe,
    strays,
    ...(looks === undefined ? {} : { looks: sequentially(added, row(weights), concentrations) }),
  };
}

function totalOf(variants: readonly string[], added: readonly (readonly number[])[]): Counts {
  return Object.fromEntries(
    variants.map((v, i) => [v, added.reduce((sum, look) => sum + (look[i] ?? 0), 0)]),
  );
}

function sequentially(
  added: readonly (readonly number[])[],
  weights: readonly number[],
  concentrations?: readonly number[],
): SrmResult['looks'] {
  const sofar = weights.map(() => 0);
  return sequentialSampleRatio(added, weights, concentrations).map((look, k) => {
    added[k]?.forEach((n, i) => (sofar[i] = (sofar[i] ?? 0) + n));
    const now = srmLnMixture(sofar, weights, concentrations);
    return {
      lnBayesFactor: finite(look.lnBayesFactor),
      pValue: look.pValue,
      pNow: Math.min(1, Math.exp(-now)),
      suspicious: look.pValue < 0.01,
    };
  });
}

/** A family of p-values, e-values or effects, adjusted every way. Throws `invalid` where their numbers differ. */
export function adjust(body: AdjustBody): Adjusted {
  const { pValues: p, level, effects } = body;
  if (effects !== undefined && p.length > 0 && effects.length !== p.length)
    throw invalid('body.effects', `${effects.length} effects for ${p.length} p-values`);
  const tests = p.filter((x) => x !== null).length;
  const alphaEach = bonferroniAlpha(level, body.comparisons ?? Math.max(1, tests));
  const at = (alpha: number) => effects?.map((e) => interval(e, alpha));
  const intervals = at(alphaEach);
  return {
    bonferroni: [...bonferroni(p)],
    holm: [...holm(p)],
    hochberg: [...hochberg(p)],
    hommel: [...hommel(p)],
    benjaminiHochberg: [...benjaminiHochberg(p)],
    benjaminiYekutieli: [...benjaminiYekutieli(p)],
    alphaEach,
    ...(intervals === undefined ? {} : { intervals }),
    falseCoverage: coverage(body),
    ...(body.eValues === undefined || body.eValues.length === 0
      ? {}
      : { eBenjaminiHochberg: byEValues(body.eValues, level) }),
    ...(body.treatments === undefined
      ? {}
      : { dunnett: dunnett(body.treatments, level, body.sides) }),
  };
}

type Bound = [number | null, number | null];

function interval(
  { estimate, standardError }: { readonly estimate: number; readonly standardError: number },
  alpha: number,
): Bound {
  const [low, high] = normalInterval(estimate, standardError, alpha);
  return [finite(low), finite(high)];
}

function coverage({ pValues, level, effects }: AdjustBody): Adjusted['falseCoverage'] {
  const { selected, alphaEach } = falseCoverageRate(pValues, level);
  const chosen = [...selected];
  if (effects === undefined) return { selected: chosen, alphaEach };
  const intervals = effects.map((e, k) => (chosen[k] === true ? interval(e, alphaEach) : null));
  return { selected: chosen, alphaEach, intervals };
}

function byEValues(e: readonly number[], level: number): Adjusted['eBenjaminiHochberg'] {
  return {
    rejected: [...eBenjaminiHochberg(e, level)],
    average: e.reduce((a, b) => a + b, 0) / e.length,
  };
}

function dunnett(treatments: number, alpha: number, sides: 1 | 2): Adjusted['dunnett'] {
  const critical = dunnettCritical(treatments, alpha, sides);
  return { critical, alphaEach: sides * normalSf(critical) };
}

/** Many effects together: do they differ, what are they worth, what did selection add. */
export function effectsTogether(body: EffectsBody): EffectsResult {
  const { threshold, selection } = body;
  const effects = body.effects.map((e) => ({ effect: e.estimate, se: e.standardError }));
  const h = heterogeneity(effects);
  const learnt = learnHistory(effects);
  const history = body.prior ?? learnt;
  const shrunk = effects.map((e) => shrink(e, history));
  const impact = cumulativeImpact(shrunk);
  const naive = cumulativeImpact(effects.map((e) => ({ mean: e.effect, sd: 0 })));
  const won = winnersTotal(effects, threshold);
  const trend = noveltyTrend(effects);
  return {
    pooled: { estimate: finite(h.pooled), standardError: finite(h.pooledSe) },
    heterogeneity: {
      q: finite(h.q),
      df: h.df,
      pValue: finite(h.pValue),
      i2: finite(h.i2),
      againstRest: levelAgainstRest(effects).map(finite),
    },
    prior: {
      mean: finite(history.mean),
      meanStandardError: body.prior === undefined ? finite(learnt.meanSe) : null,
      variance: finite(history.variance),
    },
    shrunk: shrunk.map((s) => ({ estimate: finite(s.mean), standardDeviation: finite(s.sd) })),
    impact: {
      product: finite(impact.product),
      standardDeviation: finite(impact.sd),
      naive: finite(naive.product),
    },
    winners: {
      selected: [...won.selected],
      naive: finite(won.naive),
      bias: finite(won.bias),
      corrected: finite(won.corrected),
      estimates: effects.map((e) => {
        const z = e.effect / e.se;
        const selected = (selection === 'two-sided' ? Math.abs(z) : z) > threshold;
        return selected ? finite(winnersEstimate(e, threshold, selection)) : null;
      }),
    },
    trend: {
      slope: finite(trend.slope),
      standardError: finite(trend.se),
      z: finite(trend.z),
      pValue: finite(trend.pValue),
      mean: finite(trend.mean),
    },
  };
}

/** Where a bandit sends traffic next, and what its logged units say. */
export function banditOf({ arms, floor, observations }: BanditBody): BanditResult {
  if (arms === undefined && observations === undefined)
    throw invalid('body.arms', 'arms or observations must be there');
  const best = arms === undefined ? [] : probabilityBest(arms);
  const second = arms === undefined ? [] : probabilitySecond(arms);
  const least = floor ?? floorFor(best.length);
  const floored = (weights: readonly number[]): number[] =>
    weights.length === 0 ? [] : [...withFloor(weights, least)];
  const seen = [...new Set((observations ?? []).map((o) => o.arm))].toSorted((a, b) => a - b);
  return {
    best: [...best],
    thompson: floored(best),
    topTwo: arms === undefined ? [] : floored(topTwo(best)),
    topTwoSameDraw: floored(best.map((p, k) => (p + (second[k] ?? 0)) / 2)),
    ...(observations === undefined
      ? {}
      : {
          means: seen.map((arm) => {
            const mean = inversePropensityMean(observations, arm);
            return {
              arm,
              horvitzThompson: finite(mean.horvitzThompson),
              hajek: finite(mean.hajek),
            };
          }),
        }),
  };
}

/** Whether figures can be believed: false-positive risk, calibration of null p-values, balance of a split. */
export function trustOf(body: TrustBody): TrustResult {
  const { pValue, successRate, nullPValues, balance } = body;
  return {
    falsePositiveRisk: falsePositiveRisk(body),
    ...(pValue === undefined
      ? {}
      : {
          largestBayesFactor: largestBayesFactor(pValue),
          leastFalsePositiveRisk: leastFalsePositiveRisk(pValue, successRate),
        }),
    ...(nullPValues === undefined ? {} : { calibration: calibrationOf(nullPValues, body.alpha) }),
    ...(balance === undefined ? {} : { balance: balanceOf(balance) }),
  };
}

/** The calibration of p-values as it is told. */
export function calibrationOf(
  pValues: readonly number[],
  alpha: number,
): NonNullable<TrustResult['calibration']> {
  const found = calibrate(pValues, alpha);
  return {
    rejections: found.rejections,
    falsePositiveRate: found.falsePositiveRate,
    low: found.interval[0],
    high: found.interval[1],
    pRate: found.pRate,
    distance: found.distance,
    uniformity: found.pUniform,
  };
}

function balanceOf(balance: NonNullable<TrustBody['balance']>): TrustResult['balance'] {
  const { differences, covariance, accept } = balance;
  const k = differences.length;
  if (covariance.length !== k || covariance.some((row) => row.length !== k))
    throw invalid('body.balance.covariance', `must be ${k} × ${k}`);
  const distance = balanceDistance(balance);
  const threshold = balanceThreshold(k, accept);
  return {
    distance: finite(distance),
    df: k,
    pValue: finite(balancePValue(balance)),
    threshold: finite(threshold),
    balanced: distance <= threshold,
  };
}
