import { spanMs } from '../contract/common.ts';
import type { Experiment, Metric } from '../contract/definitions.ts';
import type { Cap, EventSelector, MetricQuery, MomentQuery } from '../store/events/port.ts';

/** Which part of an experiment is read, and when. Times in ms since the epoch. */
export interface Reading {
  readonly phase: number;
  readonly reading: 'all' | 'matured';
  /** First exposures in [from, to) enter. */
  readonly from: number;
  readonly to: number;
  readonly asOf: number;
  /** Whether pre-period columns are asked for. */
  readonly cuped: boolean;
}

/** z of the quantile intervals that the store computes; their standard error is (high − low) / (2 z). */
export const quantileZ = 1.959963984540054;

const dayMs = 86_400_000;

/** The metrics of an experiment by role: primary, secondary, guardrails; a metric listed twice keeps its first role. */
export function rolesOf(experiment: Experiment): readonly MetricRole[] {
  const { primary, secondary, guardrails } = experiment.metrics;
  const all: MetricRole[] = [
    ...(primary === undefined ? [] : [{ metric: primary, role: 'primary' as const }]),
    ...guardrails.map(guardrail),
    ...secondary.map((metric) => ({ metric, role: 'secondary' as const })),
  ];
  const first = all.filter((m, i) => all.findIndex((o) => o.metric === m.metric) === i);
  const order = ['primary', 'secondary', 'guardrail'];
  return first.toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}
function guardrail({ metric, margin }: Experiment['metrics']['guardrails'][number]): MetricRole {
  const role = 'guardrail';
  return margin === undefined ? { metric, role } : { metric, role, margin };
}
export interface MetricRole {
  readonly metric: string;
  readonly role: 'primary' | 'secondary' | 'guardrail';
  readonly margin?: number;
}

/** One query for all that the metrics need. Metrics with a cap are asked for a second time without it. */
export function plan(
  experiment: Experiment,
  metrics: readonly Metric[],
  reading: Reading,
): MomentQuery {
  const queries = metrics.map((metric) => metricQuery(metric, reading.cuped));
  return {
    environment: experiment.environment,
    experiment: experiment.key,
    phase: reading.phase,
    unitType: experiment.unit,
    variants: experiment.variants.map((v) => v.key),
    from: reading.from,
    to: reading.to,
    asOf: reading.asOf,
    reading: reading.reading,
    timeZone: experiment.timeZone,
    metrics: [...queries, ...queries.flatMap(withoutCap)],
    by: 'total',
  };
}

/** What the store must sum for one metric. */
export function metricQuery(metric: Metric, cuped: boolean): MetricQuery {
  const pre = cuped ? { prePeriodMs: metric.prePeriodDays * dayMs } : {};
  const base = {
    id: metric.key,
    ...(metric.window === undefined ? {} : { windowMs: spanMs(metric.window) }),
    ...(metric.delay === undefined ? {} : { delayMs: spanMs(metric.delay) }),
  };
  const { kind } = metric;
  if (kind === 'proportion' || kind === 'count')
    return { ...base, ...pre, kind, ...selector(metric) };
  if (kind === 'mean') return { ...base, ...pre, kind, ...selector(metric), ...capOf(metric) };
  if (kind === 'ratio') {
    const numerator = selector(metric.numerator);
    const denominator = selector(metric.denominator);
    return { ...base, ...pre, kind, numerator, denominator, ...capOf(metric) };
  }
  if (kind === 'retention') {
    const { fromDay, toDay } = metric;
    return { ...base, kind, ...selector(metric), fromDay, toDay };
  }
  if (kind === 'funnel') return { ...base, kind, steps: metric.steps.map(stepOf) };
  return { ...base, kind, ...selector(metric), q: metric.q, z: quantileZ };
}

function stepOf(step: Extract<Metric, { kind: 'funnel' }>['steps'][number]) {
  const selected = selector(step);
  return step.within === undefined ? selected : { ...selected, withinMs: spanMs(step.within) };
}

/** Id of the second, uncapped question of a capped metric. `#` cannot occur in a key. */
export const uncappedId = (metric: string): string => `${metric}#uncapped`;

function withoutCap(query: MetricQuery): MetricQuery[] {
  if ((query.kind !== 'mean' && query.kind !== 'ratio') || query.cap === undefined) return [];
  const { cap: _, ...rest } = query;
  return [{ ...rest, id: uncappedId(query.id) }];
}

type Selecting = {
  readonly event: string;
  readonly where?: EventSelector['where'] | undefined;
  readonly value?: string | undefined;
};
function selector({ event, where, value }: Selecting): EventSelector {
  return {
    event,
    ...(where === undefined ? {} : { where }),
    ...(value === undefined ? {} : { value }),
  };
}

function capOf({ cap }: { readonly cap?: Cap | undefined }): { readonly cap?: Cap } {
  return cap === undefined ? {} : { cap };
}

/** How long after its first exposure a unit's value is final, ms; null when it never is (no window). */
export function maturationMs(metric: Metric): number | null {
  if (metric.kind === 'retention') return metric.toDay * dayMs;
  if (metric.window === undefined) return null;
  return spanMs(metric.window) + (metric.delay === undefined ? 0 : spanMs(metric.delay));
}
