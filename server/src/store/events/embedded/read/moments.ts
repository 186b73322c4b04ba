import { AppError } from '../../../../errors.ts';
import type {
  Cell,
  MetricQuery,
  MomentAnswer,
  MomentQuery,
  MomentRow,
  UnitRow,
} from '../../port.ts';
import { accumulate, type Accumulator } from './accumulate.ts';
import { dayIndex, localDays } from './days.ts';
import type { Deadline } from './deadline.ts';
import { collectExposed, type Exposed } from './exposed.ts';
import type { LogFiles } from './files.ts';
import { lastEvent } from './last-event.ts';
import { reduce } from './reduce.ts';
import { scan } from './scan.ts';
import { collectSelectors } from './selectors.ts';

const maxSlices = 1_000;

export function answerMoments(files: LogFiles, query: MomentQuery, check: Deadline): MomentAnswer {
  const exposed = collectExposed(files, query, check);
  const { members, ...told } = sortOut(exposed, query);
  const layout = layOut(members, query);
  const t0 = Float64Array.from(members.t0);
  const accumulators = gather(
    files,
    { ...query, t0, index: members.index, once: layout.frames.length <= 1 },
    check,
  );
  const units: UnitRow[] = [];
  const rows: MomentRow[] = [];
  for (const { cutoff, blocks } of layout.frames) {
    check();
    const entered = new Float64Array(layout.groups);
    for (const [i, g] of layout.group.entries())
      if ((t0[i] ?? Infinity) < cutoff) entered[g] = (entered[g] ?? 0) + 1;
    const reduced = accumulators.map((a) => ({
      metric: a.metric.id,
      groups: reduce(
        a,
        { t0, group: layout.group, groups: layout.groups, reading: query.reading },
        cutoff,
      ),
    }));
    for (const block of blocks) {
      for (const { group, cell } of block) units.push({ ...cell, units: entered[group] ?? 0 });
      for (const { metric, groups } of reduced)
        for (const { group, cell } of block) {
          const numbers = groups[group];
          if (numbers !== undefined) rows.push({ ...cell, metric, ...numbers });
        }
    }
  }
  return { units, ...told, lastEvent: lastEvent(files, query.environment, query.asOf), rows };
}

/** The units that are analysed, renumbered. */
interface Members {
  readonly index: ReadonlyMap<string, number>;
  readonly t0: readonly number[];
  readonly variant: readonly number[];
  readonly slice: readonly number[];
  readonly slices: readonly (readonly string[])[];
}

function sortOut(
  exposed: Exposed,
  query: MomentQuery,
): Omit<MomentAnswer, 'units' | 'rows' | 'lastEvent'> & { readonly members: Members } {
  const index = new Map<string, number>();
  const t0: number[] = [];
  const variant: number[] = [];
  const slice: number[] = [];
  const crossovers = new Map<string, number>();
  let strangers = 0;
  let firstExposure: number | null = null;
  let lastExposure: number | null = null;
  for (const [unit, i] of exposed.index) {
    const time = exposed.t0[i] ?? 0;
    if (time < query.from || time >= query.to) continue;
    if (exposed.strange[i] === true) strangers++;
    const shown = exposed.variant[i] ?? 0;
    if (exposed.crossed[i] === true) {
      const name = exposed.variants[shown] ?? '';
      crossovers.set(name, (crossovers.get(name) ?? 0) + 1);
    } else if (exposed.strange[i] === false) {
      index.set(unit, t0.length);
      t0.push(time);
      variant.push(shown);
      slice.push(exposed.slice[i] ?? 0);
      firstExposure = Math.min(firstExposure ?? time, time);
      lastExposure = Math.max(lastExposure ?? time, time);
    }
  }
  return {
    members: { index, t0, variant, slice, slices: exposed.slices },
    crossovers: [...crossovers.values()].reduce((a, b) => a + b, 0),
    crossoversByVariant: Object.fromEntries(crossovers),
    strangers,
    firstExposure,
    lastExposure,
  };
}

interface Placed {
  readonly group: number;
  readonly cell: Cell;
}
/** Which group each unit is in, and which rows are told at which cutoff. */
interface Layout {
  readonly group: Int32Array;
  readonly groups: number;
  readonly frames: readonly {
    readonly cutoff: number;
    readonly blocks: readonly (readonly Placed[])[];
  }[];
}

function layOut(members: Members, query: MomentQuery): Layout {
  const { by = 'total', asOf, timeZone, variants } = query;
  const { rank, shown } = rankSlices(members, query.breakdown);
  const width = shown.length * variants.length;
  const place = (day: string | undefined, offset: number): Placed[] =>
    shown.flatMap((slice, s) =>
      variants.map((variant, v) => ({
        group: offset + s * variants.length + v,
        cell: {
          variant,
          ...(day !== undefined && { day }),
          ...(query.breakdown !== undefined && { slice }),
        },
      })),
    );
  const group = Int32Array.from(
    members.variant,
    (v, i) => (rank[members.slice[i] ?? 0] ?? 0) * variants.length + v,
  );
  const first = least(members.t0);
  if (by === 'total' || (first === undefined && by === 'cumulative'))
    return {
      group,
      groups: width,
      frames: by === 'total' ? [{ cutoff: asOf, blocks: [place(undefined, 0)] }] : [],
    };
  const days = localDays(first ?? asOf, asOf, timeZone);
  if (by === 'cumulative')
    return {
      group,
      groups: width,
      frames: days.labels.map((day, d) => ({
        cutoff: Math.min(days.starts[d + 1] ?? asOf, asOf),
        blocks: [place(day, 0)],
      })),
    };
  const dayOf = members.t0.map((time) => dayIndex(days, time));
  const present = [...new Set(dayOf)].toSorted((a, b) => a - b);
  const rankOfDay = new Map(present.map((d, i) => [d, i]));
  return {
    group: group.map((g, i) => (rankOfDay.get(dayOf[i] ?? 0) ?? 0) * width + g),
    groups: width * present.length,
    frames: [{ cutoff: asOf, blocks: present.map((d, i) => place(days.labels[d], i * width)) }],
  };
}

function least(values: readonly number[]): number | undefined {
  let found: number | undefined;
  for (const v of values) if (found === undefined || v < found) found = v;
  return found;
}

/** The slices that members are in, in order, and the place of each in that order. */
function rankSlices(
  { slice, slices }: Members,
  breakdown: readonly string[] | undefined,
): { readonly rank: readonly number[]; readonly shown: readonly (readonly string[])[] } {
  if (breakdown === undefined) return { rank: [0], shown: [[]] };
  const present = [...new Set(slice)].toSorted((a, b) => compare(slices[a] ?? [], slices[b] ?? []));
  if (present.length > maxSlices)
    throw new AppError(
      'invalid',
      `${breakdown.join(' × ')} has ${present.length} values, at most ${maxSlices} can be shown`,
    );
  const rank: number[] = [];
  for (const [i, s] of present.entries()) rank[s] = i;
  return { rank, shown: present.map((s) => slices[s] ?? []) };
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? '';
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Reads once what all metrics need. */
export function gather(
  files: LogFiles,
  asked: {
    readonly environment: string;
    readonly unitType: string;
    readonly asOf: number;
    readonly metrics: readonly MetricQuery[];
    readonly t0: Float64Array;
    readonly index: ReadonlyMap<string, number>;
    readonly once: boolean;
  },
  check: Deadline,
): Accumulator[] {
  const { environment, unitType, asOf, metrics, t0, index, once } = asked;
  const selectors = collectSelectors();
  const accumulators = metrics.map((metric) => accumulate({ metric, t0, once, selectors }));
  const before = Math.max(0, ...metrics.map((m) => m.prePeriodMs ?? 0));
  let earliest = Infinity;
  for (const time of t0) if (time < earliest) earliest = time;
  if (index.size > 0)
    scan(
      files,
      { environment, unitType, from: earliest - before, to: asOf },
      { index, selectors, uses: accumulators.flatMap((a) => a.uses) },
      check,
    );
  return accumulators;
}
