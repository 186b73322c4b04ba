import { chanceToWin, lossIfShip, type Normal, posterior } from './bayes.ts';
import type { CompareOptions, Comparison, Method, Note } from './comparison.ts';
import { adjustmentFor } from './adjustment.ts';
import { normalIsf } from './distributions/normal.ts';
import {
  difference,
  type Estimates,
  meanEstimates,
  ratioEstimates,
  standardError,
} from './estimates.ts';
import { inferAt } from './infer-at.ts';
import { isFinite, reasonMissing, withoutInference } from './inference.ts';
import { judgeCounts } from './judge-counts.ts';
import { liftStandardError } from './lift.ts';
import type { Moments } from './moments.ts';
import { type Count, proportionEstimates } from './proportions.ts';

/**
 * What a metric kind comes down to. proportion, retention (matured units only): `proportion`, columns `[y]` or `[y, x]`;
 * mean, count: `mean`, columns `[y]` or `[y, x]`; ratio, funnel step: `ratio`, columns `[m, d]` or `[m, d, p, q]`.
 * A covariate column switches the adjustment on.
 */
export type Shape = 'proportion' | 'mean' | 'ratio';

export interface Pair {
  readonly shape: Shape;
  readonly control: Moments;
  readonly treatment: Moments;
}

const FIXED: Method = { kind: 'fixed' };

/**
 * Compares two variants on one metric. Undefined numbers are null, with a reason in the notes; never an exception.
 * @example compare({ shape: 'mean', control: { n: 4, mean: [2], comoment: [12] }, treatment: { n: 4, mean: [5], comoment: [12] } }, { alpha: 0.05 }).absolute // { estimate: 3, low: -0.4604559258, high: 6.460455926 }
 */
export function compare(pair: Pair, options: CompareOptions): Comparison {
  const reduced = reduce(pair, options.adjustment);
  const result = judge(pair, reduced, options);
  return {
    ...result,
    ...(reduced.reduction === undefined ? {} : { varianceReduction: reduced.reduction }),
    notes: [...result.notes, ...reduced.notes],
  };
}

/** A pair as estimates, and what was done to get there. */
export interface Reduced {
  readonly estimates: Estimates;
  /** Set when a normal approximation is too rough. */
  readonly counts?: readonly [Count, Count];
  readonly reduction?: number;
  readonly notes: readonly Note[];
}

/**
 * The estimates that a pair comes down to, adjusted by the covariate where it has a useful one.
 * @example reduce({ shape: 'mean', control: { n: 4, mean: [2], comoment: [12] }, treatment: { n: 4, mean: [5], comoment: [12] } }).estimates.df // 6
 */
export function reduce(pair: Pair, wanted?: CompareOptions['adjustment']): Reduced {
  const raw = rawEstimates(pair);
  const adjustment = adjustmentFor(pair, raw.estimates, wanted);
  return adjustment ? { ...raw, ...adjustment, notes: [...raw.notes, ...adjustment.notes] } : raw;
}

function rawEstimates({ shape, control, treatment }: Pair): Reduced {
  if (shape === 'ratio') {
    const denied = control.mean[1] === 0 || treatment.mean[1] === 0;
    return {
      estimates: ratioEstimates(control, treatment),
      notes: denied ? ['zero_denominator'] : [],
    };
  }
  if (shape === 'mean') return { estimates: meanEstimates(control, treatment), notes: [] };
  const counts = [countOf(control), countOf(treatment)] as const;
  const invalid = counts.some((c) => !(c.successes >= 0 && c.successes <= c.n));
  return {
    estimates: proportionEstimates(...counts),
    counts,
    notes: invalid ? ['invalid_counts'] : [],
  };
}

/** Successes are whole; the mean carries them to within rounding. */
function countOf({ n, mean }: Moments): Count {
  return { n, successes: n > 0 ? Math.round(n * mean[0]!) : 0 };
}

function judge(pair: Pair, reduced: Reduced, options: CompareOptions): Comparison {
  const result = judgeEstimates(pair, reduced, options);
  const { counts } = reduced;
  const fixed = (options.method ?? FIXED).kind === 'fixed';
  const plain = counts !== undefined && reduced.reduction === undefined;
  return fixed && plain && isDefined(pair, reduced) ? judgeCounts(result, counts, options) : result;
}

function isDefined({ control, treatment }: Pair, { notes }: Reduced): boolean {
  return (
    Math.min(control.n, treatment.n) >= 2 &&
    !notes.includes('invalid_counts') &&
    !notes.includes('zero_denominator')
  );
}

/**
 * The estimates judged by the method's own reference; without any inference where a figure leaves the range of a double.
 * @example judgeEstimates({ shape: 'mean', control: { n: 4, mean: [2], comoment: [12] }, treatment: { n: 4, mean: [5], comoment: [12] } }, { estimates: meanEstimates({ n: 4, mean: [2], comoment: [12] }, { n: 4, mean: [5], comoment: [12] }), notes: [] }, { alpha: 0.05 }).statistic // 2.121320344
 */
export function judgeEstimates(pair: Pair, reduced: Reduced, options: CompareOptions): Comparison {
  const judged = judgeByMethod(pair, reduced, options);
  return isFinite(judged) ? judged : withoutInference(reduced.estimates, 'not_finite');
}

function judgeByMethod(pair: Pair, reduced: Reduced, options: CompareOptions): Comparison {
  const { estimates, counts } = reduced;
  const method = options.method ?? FIXED;
  const least = Math.min(pair.control.n, pair.treatment.n);
  if (!(least >= 2)) return withoutInference(estimates, 'too_few_units');
  if (!isDefined(pair, reduced)) return withoutInference(estimates);
  if (method.kind === 'bayesian') return judgeBayesian(estimates, options, method.prior);
  const missing = reasonMissing(estimates, standardError(estimates));
  if (missing !== undefined) return withoutInference(estimates, missing);
  if (method.kind === 'confidenceSequence' && method.burnIn !== false && !isBurntIn(least, counts))
    return withoutInference(estimates, 'burn_in');
  const { n: a } = pair.control;
  const { n: b } = pair.treatment;
  return inferAt(
    estimates,
    { units: a + b, spread: pooledSpread(pair), size: 1 / a + 1 / b, df: a + b - 2 },
    options,
  );
}

/** Variance of one unit with both variants taken to vary alike. */
function pooledSpread({ control, treatment }: Pair): number {
  return (control.comoment[0]! + treatment.comoment[0]!) / (control.n + treatment.n - 2);
}

/** Asymptotic sequences mislead early: at least 100 units, and 20 of either outcome, in each variant. */
function isBurntIn(least: number, counts: Reduced['counts']): boolean {
  return (
    least >= 100 && (counts?.every((c) => Math.min(c.successes, c.n - c.successes) >= 20) ?? true)
  );
}

/** Posterior of the relative lift under a normal prior; the absolute interval is the same posterior in the metric's unit. */
function judgeBayesian(
  e: Estimates,
  { alpha }: CompareOptions,
  prior: Extract<Method, { kind: 'bayesian' }>['prior'],
): Comparison {
  const se = standardError(e);
  const missing = reasonMissing(e, se);
  if (missing !== undefined) return withoutInference(e, missing);
  if (e.control === 0) return withoutInference(e);
  const unit = Math.abs(e.control);
  const { mean, sd } = liftPosterior(e, prior);
  const reach = normalIsf(alpha / 2) * sd;
  const interval = { estimate: mean, low: mean - reach, high: mean + reach };
  return {
    control: e.control,
    treatment: e.treatment,
    absolute: { estimate: mean * unit, low: interval.low * unit, high: interval.high * unit },
    relative:
      e.control > 0 ? interval : { estimate: -mean, low: -interval.high, high: -interval.low },
    pValue: null,
    log10PValue: null,
    statistic: null,
    standardError: se,
    probabilityBetter: chanceToWin({ mean, sd }),
    expectedLoss: lossIfShip({ mean, sd }),
    notes: e.control < 0 ? ['negative_baseline'] : [],
  };
}

/**
 * Posterior of the relative lift under a normal prior (`sd: Infinity` is a flat one), in units of the control's size, so
 * that above 0 always means that the treatment is higher.
 * @example liftPosterior({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, { mean: 0, sd: 0.1 }) // { mean: 0.09104151493, sd: 0.02993072847 }
 */
export function liftPosterior(e: Estimates, prior: Normal): Normal {
  const estimate = { mean: difference(e) / Math.abs(e.control), sd: liftStandardError(e) };
  return posterior(estimate, prior);
}
