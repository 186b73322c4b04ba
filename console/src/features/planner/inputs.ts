import type { Baseline, Metric, PlanBody } from '@assay/server/contract';
import { scaled } from './growth.ts';
import type { PlannerSearch } from './search.ts';

export type Look = 'once' | 'any';
export type Inputs = {
  readonly kind: PlanBody['kind'];
  /** Null where it is not known yet. */
  readonly baseline: PlanBody['baseline'] | null;
  /** Value of the control: the rate, the mean or the ratio. */
  readonly value: number | null;
  readonly perDay: number | null;
  /** Cumulative units by day, of the traffic that takes part; one day's worth where only a rate is known. */
  readonly growth: readonly number[];
  readonly groups: number;
  readonly use: number;
  /** Signed: a metric that should fall is planned for a fall. */
  readonly lift: number;
  readonly alpha: number;
  readonly power: number;
  readonly look: Look;
  readonly mature: number;
  readonly cupedR2: number | null;
  /** Which figures were measured, not typed. */
  readonly measured: { readonly baseline: boolean; readonly perDay: boolean };
};
const defaults = { lift: 0.05, alpha: 0.05, power: 0.8, rate: 0.1, mean: 100, sd: 100 };

/** What the address says, completed by what was measured. */
export function inputsOf(
  search: PlannerSearch,
  metric: Metric | undefined,
  measured: Baseline | undefined,
): Inputs {
  const kind = kindOf(search, metric);
  const own = ownBaseline(search, kind, metric === undefined);
  const found = measured === undefined ? null : measuredBaseline(measured);
  const baseline = own ?? found;
  const use = within(search.use, 0.001, 1, 1);
  const perDay = search.perDay ?? measured?.unitsPerDay ?? (metric === undefined ? 1_000 : null);
  const curve =
    search.perDay === undefined && (measured?.growth.length ?? 0) > 1
      ? (measured?.growth ?? []).filter((n) => n > 0)
      : perDay === null || perDay <= 0
        ? []
        : [perDay];
  const lift = within(search.lift, 0.001, 10, defaults.lift);
  return {
    kind,
    baseline,
    value: baseline === null ? null : valueOf(baseline),
    perDay,
    growth: scaled(curve, use),
    groups: Math.round(within(search.groups, 2, 20, 2)),
    use,
    lift: metric?.direction === 'down' ? -lift : lift,
    alpha: within(search.alpha, 0.0001, 0.5, defaults.alpha),
    power: within(search.power, 0.05, 0.999, defaults.power),
    look: search.look ?? 'once',
    mature: within(search.mature, 0, 400, metric === undefined ? 0 : maturationOf(metric)),
    cupedR2: search.cuped === 'off' ? null : usefulR2(measured?.cupedR2 ?? null),
    measured: {
      baseline: own === null && found !== null,
      perDay: search.perDay === undefined && typeof measured?.unitsPerDay === 'number',
    },
  };
}

/** What is asked of the server; null while something is missing or out of range. */
export function bodyOf(inputs: Inputs, change: Partial<Inputs> = {}): PlanBody | null {
  const { kind, baseline, growth, groups, lift, alpha, power, look, mature, cupedR2 } = {
    ...inputs,
    ...change,
  };
  if (baseline === null || Math.abs(lift) > largestLift(inputs)) return null;
  return {
    kind,
    baseline,
    mde: { relative: lift },
    alpha,
    power,
    variants: Array.from({ length: groups }, () => 1),
    alternative: 'two-sided',
    method: look === 'any' ? 'sequential' : 'fixed',
    maturationDays: mature,
    ...(cupedR2 !== null && { cupedR2 }),
    ...(growth.length > 1 ? { growth: growth.slice(0, 400) } : {}),
    ...(growth.length === 1 && growth[0] !== undefined && { unitsPerDay: growth[0] }),
  };
}

/** A share ends at 100 %, and nothing falls by more than all of it. */
export function largestLift({ baseline, value, lift }: Inputs): number {
  if (baseline === null || value === null || !('rate' in baseline)) return Infinity;
  return lift > 0 ? (1 - value) / value : 1;
}

/** Variance of one unit's value under this lift, up to a factor that all lifts share. */
export function varianceAt({ baseline, value }: Inputs, lift: number): number {
  if (baseline === null || value === null || !('rate' in baseline)) return 1;
  const rate = Math.min(1, Math.max(0, value * (1 + lift)));
  return rate * (1 - rate);
}

/** Kinds a plan can be made for; a funnel's rate is a share of units like any other. */
export function isPlannable(metric: Metric): boolean {
  return metric.kind !== 'quantile';
}
function kindOf(search: PlannerSearch, metric: Metric | undefined): PlanBody['kind'] {
  if (metric === undefined) return search.kind ?? 'proportion';
  return metric.kind === 'funnel' || metric.kind === 'quantile' ? 'proportion' : metric.kind;
}
export function isRate(kind: PlanBody['kind']): boolean {
  return kind === 'proportion' || kind === 'retention';
}

/** Typed figures; a plan without a metric has defaults, one with a metric waits for what is measured. */
function ownBaseline(
  search: PlannerSearch,
  kind: PlanBody['kind'],
  alone: boolean,
): PlanBody['baseline'] | null {
  if (isRate(kind)) {
    const rate = search.rate ?? (alone ? defaults.rate : undefined);
    return rate === undefined ? null : { rate: within(rate, 1e-7, 0.9999999, defaults.rate) };
  }
  if (kind === 'ratio') return null;
  const mean = search.mean ?? (alone ? defaults.mean : undefined);
  const sd = search.sd ?? (alone ? defaults.sd : undefined);
  return mean === undefined || sd === undefined || sd <= 0 || mean === 0
    ? null
    : { mean, variance: sd * sd };
}
function measuredBaseline(measured: Baseline): PlanBody['baseline'] | null {
  const { rate, mean, variance, ratio } = measured;
  if (ratio !== null) return ratio;
  if (rate !== null) return rate > 0 && rate < 1 ? { rate } : null;
  return mean === null || mean === 0 || variance === null || variance <= 0
    ? null
    : { mean, variance };
}
export function valueOf(baseline: PlanBody['baseline']): number {
  if ('rate' in baseline) return baseline.rate;
  return 'mean' in baseline ? baseline.mean : baseline.numerator.mean / baseline.denominator.mean;
}

/** Days until a unit's outcome is known: its window after a delay, or the last day of a return. */
export function maturationOf(metric: Metric): number {
  if (metric.kind === 'retention') return metric.toDay;
  return Math.ceil(daysIn(metric.window) + daysIn(metric.delay));
}
function daysIn(span: Metric['window']): number {
  return (span?.days ?? 0) + (span?.hours ?? 0) / 24 + (span?.minutes ?? 0) / 1_440;
}
/** Below half a percent the readout leaves the adjustment out, so the plan does not count on it. */
function usefulR2(r2: number | null): number | null {
  return r2 === null || r2 < 0.005 ? null : Math.min(r2, 0.99);
}
function within(value: number | undefined, low: number, high: number, otherwise: number): number {
  return value === undefined || Number.isNaN(value)
    ? otherwise
    : Math.min(high, Math.max(low, value));
}
