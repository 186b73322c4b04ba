import type { CompareBody, CompareDetail } from '../../contract/compare.ts';
import type { Pair } from '../../stats/compare.ts';
import type { Comparison } from '../../stats/comparison.ts';
import {
  type Adjusted,
  correlation,
  jointAdjustment,
  linAdjustment,
  linStandardError,
  pooledAdjustment,
  ratioAdjustment,
  varianceReduction,
} from '../../stats/covariate.ts';
import {
  difference,
  type Estimates,
  meanEstimates,
  ratioEstimates,
  ratioUnitVariance,
  standardError,
} from '../../stats/estimates.ts';
import { fisherExact } from '../../stats/fisher.ts';
import { infer } from '../../stats/inference.ts';
import {
  deltaLift,
  fiellerLift,
  type Lift,
  liftStandardError,
  logLift,
  type Reach,
} from '../../stats/lift.ts';
import { variance } from '../../stats/moments.ts';
import {
  agrestiCaffo,
  type Bounds,
  type Count,
  miettinenNurminen,
  newcombe,
  pooledZ,
  wilson,
} from '../../stats/proportions.ts';
import { fixedReference } from '../../stats/reference.ts';
import { normalIsf, normalLnSf } from '../../stats/distributions/normal.ts';
import { bare, type Drawn, finite } from './drawn.ts';

/** Beyond this many units the exact p-value is that of z, and only costs time. */
const EXACT_UNITS = 1e7;

/** What stands behind a comparison, whatever the method: the parts that other conventions would put in front. */
export function plainDetail(body: CompareBody, drawn: Drawn, found: Comparison): CompareDetail {
  const { estimates: e, pair } = drawn;
  const defined = found.pValue !== null || found.standardError !== null;
  return {
    control: drawn.bare === true ? null : finite(e.control),
    treatment: drawn.bare === true ? null : finite(e.treatment),
    varianceControl: finite(e.varianceControl),
    varianceTreatment: finite(e.varianceTreatment),
    covariance: finite(e.covariance),
    ...(pair === undefined ? {} : unitVariances(pair)),
    ...(defined ? tests(body, e) : {}),
    ...(drawn.bare === true ? {} : lifts(body, e, defined)),
    ...(pair?.shape === 'proportion' ? { shares: sharesOf(pair, body) } : {}),
    ...(pair === undefined ? {} : adjustmentOf(body, pair)),
    ...drawn.detail,
  };
}

function unitVariances({ shape, control, treatment }: Pair): Partial<CompareDetail> {
  const of = shape === 'ratio' ? ratioUnitVariance : variance;
  return {
    unitVarianceControl: finite(of(control)),
    unitVarianceTreatment: finite(of(treatment)),
  };
}

function tests({ alpha }: CompareBody, e: Estimates): Partial<CompareDetail> {
  const greater = infer(e, fixedReference(alpha, 'greater', e.df));
  const less = infer(e, fixedReference(alpha, 'less', e.df));
  const z = infer(e, fixedReference(alpha, 'two-sided', Number.POSITIVE_INFINITY));
  return {
    pGreater: finite(greater.pValue),
    pLess: finite(less.pValue),
    z: {
      statistic: finite(z.statistic),
      pValue: finite(z.pValue),
      low: finite(z.absolute.low),
      high: finite(z.absolute.high),
    },
  };
}

/** By all three intervals: at the reach of Welch's t (or z), and at that of the normal distribution. */
function lifts({ alpha }: CompareBody, e: Estimates, defined: boolean): Partial<CompareDetail> {
  if (e.control === 0 || !defined) return { lift: null, liftZ: null };
  return {
    lift: liftAt(e, fixedReference(alpha, 'two-sided', e.df).reach),
    liftZ: liftAt(e, fixedReference(alpha, 'two-sided', Number.POSITIVE_INFINITY).reach),
  };
}

function liftAt(e: Estimates, reach: Reach): CompareDetail['lift'] {
  const low = ({ interval }: Lift) =>
    interval === null || (interval.low === null && interval.high === null)
      ? null
      : { low: finite(interval.low), high: finite(interval.high) };
  return {
    estimate: finite(difference(e) / e.control),
    standardError: finite(liftStandardError(e)),
    fieller: low(fiellerLift(e, reach)),
    delta: low(deltaLift(e, reach)),
    log: low(logLift(e, reach)),
  };
}

function sharesOf({ control, treatment }: Pair, { alpha }: CompareBody): CompareDetail['shares'] {
  const [a, b] = [control, treatment].map(({ n, mean }): Count => ({
    n,
    successes: n > 0 ? Math.round(n * (mean[0] ?? 0)) : 0,
  })) as [Count, Count];
  const valid = [a, b].every((c) => c.n > 0 && c.successes >= 0 && c.successes <= c.n);
  if (!valid) return undefined;
  const z = normalIsf(alpha / 2);
  const unpooled = Math.sqrt(ownVariance(a) + ownVariance(b));
  const share = (a.successes + b.successes) / (a.n + b.n);
  const pooled = pooledZ(a, b);
  const d = b.successes / b.n - a.successes / a.n;
  const zUnpooled = unpooled > 0 ? d / unpooled : null;
  return {
    standardErrorUnpooled: unpooled,
    standardErrorPooled: Math.sqrt(share * (1 - share) * (1 / a.n + 1 / b.n)),
    zUnpooled,
    zPooled: pooled,
    pUnpooled: twoSided(zUnpooled),
    pPooled: twoSided(pooled),
    chiSquare: pooled === null ? null : pooled * pooled,
    pFisher: a.n + b.n <= EXACT_UNITS ? fisherExact(a, b) : null,
    wald: { low: d - z * unpooled, high: d + z * unpooled },
    newcombe: pairOf(newcombe(a, b, z)),
    miettinenNurminen: pairOf(miettinenNurminen(a, b, z)),
    agrestiCaffo: pairOf(agrestiCaffo(a, b, z)),
    wilson: { control: pairOf(wilson(a, z)), treatment: pairOf(wilson(b, z)) },
  };
}

function ownVariance({ n, successes }: Count): number {
  return ((successes / n) * ((n - successes) / n)) / n;
}

function twoSided(z: number | null): number | null {
  return z === null ? null : 2 * Math.exp(normalLnSf(Math.abs(z)));
}

function pairOf([low, high]: Bounds): { low: number | null; high: number | null } {
  return { low: finite(low), high: finite(high) };
}

/** The covariate's part; nothing without one. */
function adjustmentOf({ adjustment, alpha }: CompareBody, pair: Pair): Partial<CompareDetail> {
  const { shape, control, treatment } = pair;
  if (control.mean.length !== (shape === 'ratio' ? 4 : 2)) return {};
  if (!(Math.min(control.n, treatment.n) >= 2)) return {};
  const adjusted = adjustedBy(adjustment, pair);
  const raw = (shape === 'ratio' ? ratioEstimates : meanEstimates)(control, treatment);
  const { slopes } = adjusted;
  return {
    adjustment: {
      kind: shape === 'ratio' || adjustment === 'auto' ? 'pooled' : adjustment,
      slopes: { control: finite(slopes[0]), treatment: finite(slopes[1]) },
      ...(shape === 'ratio' ? {} : { correlation: correlations(pair) }),
      raw: { control: finite(raw.control), treatment: finite(raw.treatment), ...bare(raw) },
      ...(adjustment === 'lin' && shape !== 'ratio' && slopes.every(Number.isFinite)
        ? { sample: sampleDetail(pair, { adjusted, raw, alpha }) }
        : {}),
    },
  };
}

function correlations({ control, treatment }: Pair): {
  control: number | null;
  treatment: number | null;
} {
  return { control: finite(correlation(control)), treatment: finite(correlation(treatment)) };
}

/** Lin's difference for the units at hand: Neyman's standard error, the slopes taken as known. */
function sampleDetail(
  { control, treatment }: Pair,
  {
    adjusted: { estimates: e },
    raw,
    alpha,
  }: { readonly adjusted: Adjusted; readonly raw: Estimates; readonly alpha: number },
): NonNullable<CompareDetail['adjustment']>['sample'] {
  const se = linStandardError(control, treatment);
  const critical = normalIsf(alpha / 2);
  const d = difference(e);
  return {
    standardError: finite(se),
    z: finite(d / se),
    pValue: finite(twoSided(d / se)),
    low: finite(d - critical * se),
    high: finite(d + critical * se),
    varianceReduction: finite(varianceReduction(se, standardError(raw))),
    covariance: finite(e.covariance),
    lift: e.control === 0 ? null : (liftAt(e, { below: critical, above: critical }) ?? null),
  };
}

function adjustedBy(
  wanted: CompareBody['adjustment'],
  { shape, control, treatment }: Pair,
): Adjusted {
  if (shape === 'ratio') return ratioAdjustment(control, treatment);
  if (wanted === 'joint') return jointAdjustment(control, treatment);
  return (wanted === 'lin' ? linAdjustment : pooledAdjustment)(control, treatment);
}
