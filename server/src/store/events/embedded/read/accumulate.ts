import type { EventSelector, MetricQuery } from '../../port.ts';
import { createJournal, type Journal, type JournalColumns } from './journal.ts';
import type { Selectors } from './selectors.ts';

const dayMs = 86_400_000;

/** Takes one counted event of one unit. */
export type Add = (unit: number, time: number, value: number) => void;
export interface Use {
  /** Index into the query's selectors. */
  readonly selector: number;
  readonly add: Add;
}

/** One metric over all units: takes events in any order, then tells its columns at rising cutoffs. */
export interface Accumulator {
  readonly metric: MetricQuery;
  readonly uses: readonly Use[];
  /** Brings `columns` to what was known just before `cutoff`. Cutoffs rise. */
  readonly advance: (cutoff: number) => void;
  /** One number a unit each, covariates last; alive. */
  readonly columns: readonly Float64Array[];
  /** A quantile's values, in the order of time. */
  readonly values?: () => JournalColumns;
}

/** What an accumulator is made for. */
export interface Frame {
  readonly metric: MetricQuery;
  readonly t0: Float64Array;
  /** The only cutoff, when there is one: sums then need no journal. */
  readonly once: boolean;
  readonly selectors: Selectors;
}

export function accumulate(frame: Frame): Accumulator {
  switch (frame.metric.kind) {
    case 'proportion':
      return accumulateFlag(frame, frame.metric);
    case 'retention':
      return accumulateRetention(frame, frame.metric);
    case 'count':
      return accumulateSums(frame, [{ selector: frame.metric, numeric: false }]);
    case 'mean':
      return accumulateSums(frame, [{ selector: frame.metric, numeric: true }]);
    case 'ratio':
      return accumulateSums(frame, [
        { selector: frame.metric.numerator, numeric: true },
        { selector: frame.metric.denominator, numeric: true },
      ]);
    case 'funnel':
      return accumulateFunnel(frame, frame.metric);
    case 'quantile':
    default:
      return accumulateValues(frame, frame.metric);
  }
}

/** When the last event that can still change a unit's numbers has passed; −Infinity where no window is set. */
export function windowEnd(metric: MetricQuery, t0: number): number {
  if (metric.kind === 'retention') return t0 + metric.toDay * dayMs;
  return metric.windowMs === undefined ? -Infinity : t0 + (metric.delayMs ?? 0) + metric.windowMs;
}

/** Reports whether `time` lies in the unit's window. */
function inWindow({ metric, t0 }: Frame): (unit: number, time: number) => boolean {
  const delay = metric.delayMs ?? 0;
  const window = metric.windowMs ?? Infinity;
  return (unit, time) => {
    const from = (t0[unit] ?? 0) + delay;
    return time >= from && time < from + window;
  };
}

function inPrePeriod({ metric, t0 }: Frame): (unit: number, time: number) => boolean {
  const length = metric.prePeriodMs ?? 0;
  return (unit, time) => {
    const to = t0[unit] ?? 0;
    return time < to && time >= to - length;
  };
}

function accumulateFlag(frame: Frame, selector: EventSelector): Accumulator {
  const { metric, t0 } = frame;
  const counts = inWindow(frame);
  const before = inPrePeriod(frame);
  const first = new Float64Array(t0.length).fill(Infinity);
  const y = new Float64Array(t0.length);
  const x = metric.prePeriodMs === undefined ? undefined : new Float64Array(t0.length);
  const add: Add = (unit, time) => {
    if (counts(unit, time)) first[unit] = Math.min(first[unit] ?? Infinity, time);
    else if (x !== undefined && before(unit, time)) x[unit] = 1;
  };
  return {
    metric,
    uses: [{ selector: frame.selectors.add(selector, false), add }],
    columns: x === undefined ? [y] : [y, x],
    advance(cutoff) {
      for (let i = 0; i < y.length; i++) y[i] = (first[i] ?? Infinity) < cutoff ? 1 : 0;
    },
  };
}

function accumulateRetention(
  frame: Frame,
  metric: Extract<MetricQuery, { kind: 'retention' }>,
): Accumulator {
  const { t0 } = frame;
  const before = inPrePeriod(frame);
  const active = new Uint8Array(t0.length);
  const activeBefore = new Uint8Array(t0.length);
  const [y, d, p, q] = [0, 1, 2, 3].map(() => new Float64Array(t0.length)) as Four;
  const add: Add = (unit, time) => {
    const start = t0[unit] ?? 0;
    if (time >= start + metric.fromDay * dayMs && time < start + metric.toDay * dayMs)
      active[unit] = 1;
    if (before(unit, time)) activeBefore[unit] = 1;
  };
  return {
    metric,
    uses: [{ selector: frame.selectors.add(metric, false), add }],
    columns: metric.prePeriodMs === undefined ? [y, d] : [y, d, p, q],
    advance(cutoff) {
      for (let i = 0; i < y.length; i++) {
        const passed = (t0[i] ?? 0) + metric.toDay * dayMs <= cutoff ? 1 : 0;
        y[i] = passed * (active[i] ?? 0);
        p[i] = passed * (activeBefore[i] ?? 0);
        d[i] = passed;
        q[i] = passed;
      }
    },
  };
}
type Four = [Float64Array, Float64Array, Float64Array, Float64Array];

function accumulateSums(
  frame: Frame,
  parts: readonly { readonly selector: EventSelector; readonly numeric: boolean }[],
): Accumulator {
  const { metric, t0, once } = frame;
  const counts = inWindow(frame);
  const before = inPrePeriod(frame);
  const sums = parts.map(() => new Float64Array(t0.length));
  const covariates =
    metric.prePeriodMs === undefined ? [] : parts.map(() => new Float64Array(t0.length));
  const journals = parts.map(() => createJournal());
  const uses = parts.map(({ selector, numeric }, j): Use => {
    const sum = sums[j];
    const covariate = covariates[j];
    const journal = journals[j];
    return {
      selector: frame.selectors.add(selector, numeric),
      add(unit, time, value) {
        if (counts(unit, time)) {
          if (!once) journal?.add(unit, time, value);
          else if (sum !== undefined) sum[unit] = (sum[unit] ?? 0) + value;
        } else if (covariate !== undefined && before(unit, time))
          covariate[unit] = (covariate[unit] ?? 0) + value;
      },
    };
  });
  const replays = sums.map((sum, j) => replayInto(sum, journals[j]));
  return {
    metric,
    uses,
    columns: [...sums, ...covariates],
    advance(cutoff) {
      if (!once) for (const replay of replays) replay(cutoff);
    },
  };
}

/** Adds what happened before the cutoff and was not yet added. */
function replayInto(sum: Float64Array, journal: Journal | undefined): (cutoff: number) => void {
  let sorted: JournalColumns | undefined;
  let at = 0;
  return (cutoff) => {
    sorted ??= journal?.byTime();
    if (sorted === undefined) return;
    for (; at < sorted.time.length && (sorted.time[at] ?? Infinity) < cutoff; at++) {
      const unit = sorted.unit[at] ?? 0;
      sum[unit] = (sum[unit] ?? 0) + (sorted.value[at] ?? 0);
    }
  };
}

function accumulateFunnel(
  frame: Frame,
  metric: Extract<MetricQuery, { kind: 'funnel' }>,
): Accumulator {
  const { t0 } = frame;
  const counts = inWindow(frame);
  const journal = createJournal();
  const columns = metric.steps.map(() => new Float64Array(t0.length));
  let reached: readonly Float64Array[] | undefined;
  return {
    metric,
    uses: metric.steps.map((step, k) => ({
      selector: frame.selectors.add(step, false),
      add: (unit, time) => {
        if (counts(unit, time)) journal.add(unit, time, k);
      },
    })),
    columns,
    advance(cutoff) {
      reached ??= reachTimes(metric, t0, journal.byTime());
      for (const [k, column] of columns.entries()) {
        const time = reached[k];
        for (let i = 0; i < column.length; i++)
          column[i] = (time?.[i] ?? Infinity) < cutoff ? 1 : 0;
      }
    },
  };
}

/**
 * When each unit first reached each step. For every step the latest time of a chain that ends there is kept: of all
 * chains it leaves the next step the most room.
 */
function reachTimes(
  { steps }: Extract<MetricQuery, { kind: 'funnel' }>,
  t0: Float64Array,
  { unit, time, value }: JournalColumns,
): Float64Array[] {
  const first = steps.map(() => new Float64Array(t0.length).fill(Infinity));
  // The latest chain strictly before the present moment, and the one at it: events of one moment do not follow each other.
  const past = steps.map(() => new Float64Array(t0.length).fill(-Infinity));
  const present = steps.map(() => new Float64Array(t0.length).fill(-Infinity));
  for (let e = 0; e < unit.length; e++) {
    const u = unit[e] ?? 0;
    const t = time[e] ?? 0;
    const k = value[e] ?? 0;
    const within = steps[k]?.withinMs ?? Infinity;
    let previous = t0[u] ?? 0;
    if (k > 0) {
      const before = present[k - 1]?.[u] ?? -Infinity;
      previous = before < t ? before : (past[k - 1]?.[u] ?? -Infinity);
    }
    if (previous === -Infinity || t - previous >= within) continue;
    const now = present[k];
    const earlier = past[k];
    const start = first[k];
    if (now === undefined || earlier === undefined || start === undefined) continue;
    if ((now[u] ?? 0) < t) {
      earlier[u] = now[u] ?? -Infinity;
      now[u] = t;
    }
    if (start[u] === Infinity) start[u] = t;
  }
  return first;
}

function accumulateValues(
  frame: Frame,
  metric: Extract<MetricQuery, { kind: 'quantile' }>,
): Accumulator {
  const counts = inWindow(frame);
  const journal = createJournal();
  let sorted: JournalColumns | undefined;
  return {
    metric,
    uses: [
      {
        selector: frame.selectors.add(metric, true),
        add: (unit, time, value) => {
          if (counts(unit, time)) journal.add(unit, time, value);
        },
      },
    ],
    columns: [],
    advance: () => undefined,
    values: () => (sorted ??= journal.byTime()),
  };
}
