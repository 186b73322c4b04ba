import { compileCondition } from '@assay/sdk/evaluate';
import type { EventSelector, MetricQuery, StoredTrack } from '../store/events/port.ts';
import type { Enrolment } from './enrolment.ts';

/** Why an event counts in a metric or not; the console words it. */
export type Why =
  | 'counted'
  | 'crossover'
  | 'unknownVariant'
  | 'beforeExposure'
  | 'prePeriod'
  | 'delay'
  | 'afterWindow'
  | 'outsideDays'
  | 'filter'
  | 'noValue'
  | 'outOfOrder'
  | 'already';
export interface Verdict {
  readonly counts: boolean;
  readonly why: Why;
}

const dayMs = 86_400_000;

/**
 * What each event of a unit did for one metric, by the event's place; events that the metric never looks at are not in
 * the answer. The same rules as the event store's: window from the first exposure, filter, value, and for metrics of
 * "at least once" only the first.
 */
export function countedIn(
  metric: MetricQuery,
  enrolment: Enrolment,
  events: readonly StoredTrack[],
): Map<StoredTrack, Verdict> {
  const selectors = selectorsOf(metric);
  const asked = events.filter((e) => selectors.some((s) => s.event === e.name));
  if (metric.kind === 'funnel') return funnel(metric, enrolment, asked);
  const once = metric.kind === 'proportion' || metric.kind === 'retention';
  let done = false;
  return new Map(
    asked.map((event) => {
      const whys = selectors
        .filter((s) => s.event === event.name)
        .map((s) => missed(metric, enrolment, s, event));
      const counts = whys.includes(undefined);
      if (counts && once && done) return [event, { counts: false, why: 'already' }];
      done ||= counts;
      return [event, verdict(counts ? undefined : whys[0])];
    }),
  );
}

function selectorsOf(metric: MetricQuery): readonly EventSelector[] {
  if (metric.kind === 'ratio') return [metric.numerator, metric.denominator];
  if (metric.kind === 'funnel') return metric.steps.map(bare);
  const needsNoValue = metric.kind !== 'mean' && metric.kind !== 'quantile';
  return [needsNoValue ? bare(metric) : metric];
}

function bare({ event, where }: EventSelector): EventSelector {
  return where === undefined ? { event } : { event, where };
}

function verdict(why: Why | undefined): Verdict {
  return why === undefined ? { counts: true, why: 'counted' } : { counts: false, why };
}

/** Why one event brings nothing through one selector, undefined where it does. */
function missed(
  metric: MetricQuery,
  { since, leftOut }: Enrolment,
  selector: EventSelector,
  event: StoredTrack,
): Why | undefined {
  return leftOut ?? outOfTime(metric, since, event.time) ?? unselected(selector, event);
}

function outOfTime(metric: MetricQuery, since: number, time: number): Why | undefined {
  if (time < since)
    return metric.prePeriodMs !== undefined && time >= since - metric.prePeriodMs
      ? 'prePeriod'
      : 'beforeExposure';
  if (metric.kind === 'retention') {
    const inside = time >= since + metric.fromDay * dayMs && time < since + metric.toDay * dayMs;
    return inside ? undefined : 'outsideDays';
  }
  const from = since + (metric.delayMs ?? 0);
  if (time < from) return 'delay';
  return time >= from + (metric.windowMs ?? Infinity) ? 'afterWindow' : undefined;
}

function unselected({ where, value }: EventSelector, event: StoredTrack): Why | undefined {
  const { properties = {} } = event;
  if (where !== undefined && !compileCondition(where, () => () => false)(properties))
    return 'filter';
  if (value === undefined) return undefined;
  const number = value === 'value' ? event.value : properties[value];
  return typeof number === 'number' ? undefined : 'noValue';
}

/** A step counts when it follows some time of the one before it, strictly, and within its own time. */
function funnel(
  metric: Extract<MetricQuery, { kind: 'funnel' }>,
  enrolment: Enrolment,
  events: readonly StoredTrack[],
): Map<StoredTrack, Verdict> {
  const found = new Map<StoredTrack, Verdict>();
  let reached: readonly number[] = [enrolment.since];
  for (const [place, step] of metric.steps.entries()) {
    const within = step.withinMs ?? Infinity;
    const follows = (t: number, r: number) => (place === 0 ? t >= r : t > r) && t < r + within;
    const next: number[] = [];
    for (const event of events.filter((e) => e.name === step.event)) {
      const why =
        missed(metric, enrolment, bare(step), event) ??
        (reached.some((r) => follows(event.time, r)) ? undefined : 'outOfOrder');
      if (why === undefined) next.push(event.time);
      if (found.get(event)?.counts !== true) found.set(event, verdict(why));
    }
    reached = next;
  }
  return found;
}
