import type { Comparison, CompareOptions, Interval, Note } from './comparison.ts';
import { difference, type Estimates, standardError } from './estimates.ts';
import { deltaLift, fiellerLift, type Lift, logLift, type Reach } from './lift.ts';
import type { Reference } from './reference.ts';

/**
 * Estimates judged by a reference: the whole comparison, or nulls with the reason.
 * @example infer({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, fixedReference(0.05, 'two-sided', Infinity)).pValue // 0.0008581206664
 */
export function infer(
  e: Estimates,
  reference: Reference,
  lift: CompareOptions['lift'] = 'fieller',
): Comparison {
  const se = standardError(e);
  const missing = reasonMissing(e, se);
  if (missing !== undefined) return withoutInference(e, missing);
  const statistic = difference(e) / se;
  const lnP = reference.lnP(statistic);
  const relative = liftOf(e, reference.reach, lift);
  return {
    control: e.control,
    treatment: e.treatment,
    absolute: around(difference(e), se, reference.reach),
    relative: relative.interval,
    pValue: Math.exp(lnP),
    log10PValue: number(lnP / Math.LN10),
    statistic,
    ...(Number.isFinite(e.df) ? { df: e.df } : {}),
    standardError: se,
    notes: [...(relative.note ? [relative.note] : []), ...baselineNotes(e)],
  };
}

/**
 * Why there is an estimate at best, but no test: undefined when all is well.
 * @example reasonMissing({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, 0) // 'zero_variance'
 */
export function reasonMissing(e: Estimates, se: number): Note | undefined {
  if (!Number.isFinite(difference(e)) || !Number.isFinite(se)) return 'not_finite';
  return se > 0 && Number.isFinite(difference(e) / se) ? undefined : 'zero_variance';
}

/**
 * The values and their difference alone, each if it is a number.
 * @example withoutInference({ control: 0, treatment: 1 }, 'too_few_units').notes // ['too_few_units', 'zero_baseline']
 */
export function withoutInference(
  e: Pick<Estimates, 'control' | 'treatment'>,
  ...notes: readonly Note[]
): Comparison {
  const lift = (e.treatment - e.control) / e.control;
  return {
    control: number(e.control),
    treatment: number(e.treatment),
    absolute: bare(difference(e)),
    relative: Number.isFinite(lift) ? bare(lift) : null,
    pValue: null,
    log10PValue: null,
    statistic: null,
    standardError: null,
    notes: [
      ...notes,
      ...(e.control === 0 ? (['zero_baseline'] as const) : []),
      ...baselineNotes(e),
    ],
  };
}

/**
 * The lift by the wanted interval; none where it leaves the range of a double.
 */
function liftOf(e: Estimates, reach: Reach, kind: CompareOptions['lift']): Lift {
  const lift = LIFTS[kind ?? 'fieller'](e, reach);
  const numbers = lift.interval ? Object.values(lift.interval) : [];
  return numbers.some((x) => x !== null && !Number.isFinite(x))
    ? { interval: null, note: 'not_finite' }
    : lift;
}

const LIFTS = { fieller: fiellerLift, delta: deltaLift, log: logLift };

function baselineNotes(e: Pick<Estimates, 'control'>): readonly Note[] {
  return e.control < 0 ? ['negative_baseline'] : [];
}

function around(estimate: number, se: number, reach: Reach): Interval {
  return {
    estimate,
    low: number(estimate - reach.below * se),
    high: number(estimate + reach.above * se),
  };
}

/**
 * Whether every number of a comparison can be told: extreme inputs may overflow on the way.
 * @example isFinite(withoutInference({ control: 1, treatment: 2 })) // true
 */
export function isFinite(c: Comparison): boolean {
  const numbers = [c.pValue, c.statistic, c.standardError, c.probabilityBetter, c.expectedLoss];
  const intervals = [c.absolute, c.relative].flatMap((i) => (i ? [i.estimate, i.low, i.high] : []));
  return [...numbers, ...intervals].every(
    (x) => x === null || x === undefined || Number.isFinite(x),
  );
}

function bare(estimate: number): Interval {
  return { estimate: number(estimate), low: null, high: null };
}

function number(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
