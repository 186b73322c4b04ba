import { compileCondition } from '@assay/sdk/evaluate';
import type {
  Cap,
  CountAnswer,
  EventSelector,
  EventStore,
  HalvesAnswer,
  HalvesQuery,
  MetricQuery,
  MomentAnswer,
  MomentQuery,
  MomentRow,
  PopulationAnswer,
  PopulationQuery,
  Rejected,
  SeenEvent,
  StoredEvent,
  StoredExposure,
  StoredTrack,
  UnitRow,
} from '@assay/server/store/events/port';
import { halfOf, isPart, unitBits } from '@assay/server/store/events/halves';
import type { Moments } from '@assay/server/stats/moments';

const dayMs = 24 * 3_600_000;

/** The event store as nested loops over one array: slow, and right by eye. Every real store is held to it. */
export function openPlainEvents(clock: () => number = Date.now): EventStore {
  let log: StoredEvent[] = [];
  const known = new Set<string>();
  let refused: Rejected[] = [];
  return {
    append(batch) {
      let accepted = 0;
      for (const e of batch) {
        const key = `${e.at} ${e.id}`;
        if (known.has(key)) continue;
        known.add(key);
        log.push(e);
        accepted++;
      }
      return Promise.resolve({ accepted, duplicates: batch.length - accepted });
    },
    moments: (query) => Promise.resolve(moments(log, query)),
    population: (query) => Promise.resolve(population(log, query)),
    halves: (query) => Promise.resolve(halves(log, query)),
    counts: ({ environment, from, to, timeZone }) =>
      Promise.resolve(
        counts(
          log.filter((e) => e.environment === environment && e.time >= from && e.time < to),
          timeZone,
        ),
      ),
    seen: (environment) =>
      Promise.resolve(seen(log.filter(isTrack).filter((e) => e.environment === environment))),
    recent: (environment, limit) =>
      Promise.resolve(
        log
          .filter((e) => e.environment === environment)
          .toReversed()
          .toSorted((a, b) => b.received - a.received)
          .slice(0, limit),
      ),
    unit: (environment, unitType, unit) =>
      Promise.resolve(
        log
          .filter(
            (e) => e.environment === environment && e.unitType === unitType && e.unit === unit,
          )
          .toSorted(earlier),
      ),
    erase(unitType, unit) {
      const gone = log.filter((e) => e.unitType === unitType && e.unit === unit);
      log = log.filter((e) => !gone.includes(e));
      refused = refused.filter((r) => !r.body.includes(JSON.stringify(unit)));
      const exposures = gone.filter((e) => e.type === 'exposure').length;
      return Promise.resolve({
        unitType,
        events: gone.length - exposures,
        exposures,
        erasedAt: clock(),
      });
    },
    clear(environment) {
      const gone = log.filter((e) => e.environment === environment);
      for (const e of gone) known.delete(`${e.at} ${e.id}`);
      log = log.filter((e) => e.environment !== environment);
      refused = refused.filter((r) => r.environment !== environment);
      return Promise.resolve(gone.length);
    },
    noteRejected(rejected) {
      refused.push(...rejected);
      return Promise.resolve();
    },
    rejected: (environment, limit) =>
      Promise.resolve(
        refused
          .filter((r) => r.environment === environment)
          .toReversed()
          .slice(0, limit),
      ),
    status: () => Promise.resolve({ events: log.length, bytes: 0, walBytes: 0, files: [] }),
    backup: () => Promise.reject(new Error('the plain reference lives in memory')),
    close: () => Promise.resolve(),
  };
}

/** A unit in the analysis: where it belongs and from when it counts. */
interface Member {
  readonly unit: string;
  readonly variant: string;
  readonly t0: number;
  readonly slice: readonly string[] | undefined;
}

function moments(log: readonly StoredEvent[], query: MomentQuery): MomentAnswer {
  const { environment, unitType, asOf } = query;
  const known = log.filter(
    (e) => e.environment === environment && e.unitType === unitType && e.time < asOf,
  );
  const exposures = known.filter(
    (e) => e.type === 'exposure' && e.experiment === query.experiment && e.phase === query.phase,
  ) as StoredExposure[];

  const members: Member[] = [];
  const crossovers: string[] = [];
  let strangers = 0;
  for (const unit of new Set(exposures.map((e) => e.unit))) {
    const mine = exposures.filter((e) => e.unit === unit).toSorted(earlier);
    const first = mine[0]!;
    if (first.time < query.from || first.time >= query.to) continue;
    const variants = new Set(mine.map((e) => e.variant));
    if ([...variants].some((v) => !query.variants.includes(v))) strangers++;
    if (variants.size > 1) crossovers.push(first.variant);
    else if (query.variants.includes(first.variant))
      members.push({
        unit,
        variant: first.variant,
        t0: first.time,
        slice: query.breakdown?.map((name) => String(first.attributes?.[name] ?? '')),
      });
  }

  const slices = query.breakdown === undefined ? [undefined] : distinctSlices(members);
  const events = known.filter(isTrack);
  const units: UnitRow[] = [];
  const rows: MomentRow[] = [];
  for (const { day, cutoff, of } of frames(members, query)) {
    for (const slice of slices)
      for (const variant of query.variants)
        units.push({
          ...cell(variant, day, slice),
          units: of.filter((m) => m.variant === variant && same(m.slice, slice)).length,
        });
    const everyone = members.filter((m) => m.t0 < cutoff);
    for (const metric of query.metrics) {
      const matured = (m: Member): boolean =>
        query.reading === 'all' || windowEnd(metric, m.t0) <= cutoff;
      const cap = capOf(metric, everyone.filter(matured), events, cutoff);
      for (const slice of slices)
        for (const variant of query.variants) {
          const inCell = of.filter(
            (m) => m.variant === variant && same(m.slice, slice) && matured(m),
          );
          rows.push({
            ...cell(variant, day, slice),
            metric: metric.id,
            ...reduce(metric, inCell, { events, cutoff, cap }),
          });
        }
    }
  }
  const times = members.map((m) => m.t0);
  const all = log.filter((e) => e.environment === environment && e.time < asOf).map((e) => e.time);
  return {
    units,
    crossovers: crossovers.length,
    crossoversByVariant: Object.fromEntries(
      [...new Set(crossovers)].map((v) => [v, crossovers.filter((c) => c === v).length]),
    ),
    strangers,
    firstExposure: times.length === 0 ? null : Math.min(...times),
    lastExposure: times.length === 0 ? null : Math.max(...times),
    lastEvent: all.length === 0 ? null : Math.max(...all),
    rows,
  };
}

/** What each block of rows looks at: everything, everything up to a day's end, or one day's newcomers. */
function frames(
  members: readonly Member[],
  query: MomentQuery,
): { day: string | undefined; cutoff: number; of: readonly Member[] }[] {
  const { asOf, by = 'total', timeZone } = query;
  if (by === 'total') return [{ day: undefined, cutoff: asOf, of: members }];
  const dayOf = (m: Member): string => localDay(m.t0, timeZone);
  if (by === 'cohort')
    return [...new Set(members.map(dayOf))]
      .toSorted()
      .map((day) => ({ day, cutoff: asOf, of: members.filter((m) => dayOf(m) === day) }));
  if (members.length === 0) return [];
  const found = [];
  let start = Math.min(...members.map((m) => m.t0));
  while (start < asOf) {
    const day = localDay(start, timeZone);
    let end = start;
    while (localDay(end, timeZone) === day) end += 60_000 - (end % 60_000);
    const cutoff = Math.min(end, asOf);
    found.push({ day, cutoff, of: members.filter((m) => m.t0 < cutoff) });
    start = end;
  }
  return found;
}

const cell = (
  variant: string,
  day: string | undefined,
  slice: readonly string[] | undefined,
): { variant: string; day?: string; slice?: readonly string[] } => ({
  variant,
  ...(day !== undefined && { day }),
  ...(slice !== undefined && { slice }),
});

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function distinctSlices(members: readonly Member[]): (readonly string[])[] {
  const found = new Set(members.map((m) => JSON.stringify(m.slice)));
  return [...found].map((s) => JSON.parse(s) as string[]).toSorted(bySlice);
}

function bySlice(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  return 0;
}

const isTrack = (e: StoredEvent): e is StoredTrack => e.type === 'track';

function earlier(a: StoredEvent, b: StoredEvent): number {
  return a.time - b.time || a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** When the last event that can still change this unit's numbers has passed. */
function windowEnd(metric: MetricQuery, t0: number): number {
  if (metric.kind === 'retention') return t0 + metric.toDay * dayMs;
  return metric.windowMs === undefined ? -Infinity : t0 + (metric.delayMs ?? 0) + metric.windowMs;
}

/** The numbers that a unit's events bring, in [from, to). */
function values(
  selector: EventSelector,
  mine: readonly StoredTrack[],
  [from, to]: readonly [number, number],
): number[] {
  const matches =
    selector.where === undefined ? undefined : compileCondition(selector.where, () => () => false);
  return mine
    .filter((e) => e.name === selector.event && e.time >= from && e.time < to)
    .filter((e) => matches === undefined || matches(e.properties ?? {}))
    .map((e) => {
      if (selector.value === undefined) return 1;
      return selector.value === 'value' ? e.value : e.properties?.[selector.value];
    })
    .filter((v) => typeof v === 'number');
}

const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
const any = (v: readonly number[]): number => (v.length > 0 ? 1 : 0);
const bare = (s: EventSelector): EventSelector => ({
  event: s.event,
  ...(s.where !== undefined && { where: s.where }),
});

/** One unit's columns before caps, covariates last. */
function columns(
  metric: MetricQuery,
  { unit, t0 }: Member,
  events: readonly StoredTrack[],
  cutoff: number,
): number[] {
  const mine = events.filter((e) => e.unit === unit && e.time < cutoff).toSorted(earlier);
  const from = t0 + (metric.delayMs ?? 0);
  const window = [from, from + (metric.windowMs ?? Infinity)] as const;
  const before =
    metric.prePeriodMs === undefined ? undefined : ([t0 - metric.prePeriodMs, t0] as const);
  const withCovariate = (of: (range: readonly [number, number]) => number[]): number[] => [
    ...of(window),
    ...(before === undefined ? [] : of(before)),
  ];
  switch (metric.kind) {
    case 'proportion':
      return withCovariate((range) => [any(values(bare(metric), mine, range))]);
    case 'count':
      return withCovariate((range) => [values(bare(metric), mine, range).length]);
    case 'mean':
      return withCovariate((range) => [sum(values(metric, mine, range))]);
    case 'ratio':
      return withCovariate((range) => [
        sum(values(metric.numerator, mine, range)),
        sum(values(metric.denominator, mine, range)),
      ]);
    case 'retention': {
      const passed = t0 + metric.toDay * dayMs <= cutoff;
      const day = [t0 + metric.fromDay * dayMs, t0 + metric.toDay * dayMs] as const;
      return [
        passed ? any(values(bare(metric), mine, day)) : 0,
        passed ? 1 : 0,
        ...(before === undefined
          ? []
          : [passed ? any(values(bare(metric), mine, before)) : 0, passed ? 1 : 0]),
      ];
    }
    case 'funnel': {
      // Every time at which each step can be reached; a step follows some time of the one before it.
      let reached: readonly number[] = [];
      return metric.steps.map((step, k) => {
        const within = step.withinMs ?? Infinity;
        reached = mine
          .filter((e) => e.time >= window[0] && e.time < window[1])
          .filter((e) => any(values(bare(step), [e], [-Infinity, Infinity])) === 1)
          .map((e) => e.time)
          .filter((t) =>
            k === 0 ? t < t0 + within : reached.some((r) => t > r && t < r + within),
          );
        return any(reached);
      });
    }
    case 'quantile':
    default:
      throw new Error('a quantile has no columns before its cell is known');
  }
}

/** The cap of each column (Infinity = none), from all variants' units together. */
function capOf(
  metric: MetricQuery,
  members: readonly Member[],
  events: readonly StoredTrack[],
  cutoff: number,
): readonly number[] | undefined {
  if ((metric.kind !== 'mean' && metric.kind !== 'ratio') || metric.cap === undefined)
    return undefined;
  const cap: Cap = metric.cap;
  if ('absolute' in cap) return [cap.absolute, Infinity];
  const all = members.map((m) => columns(metric, m, events, cutoff));
  return [0, 1].map((j) => {
    const nonZero = all.map((c) => c[j]!).filter((v) => v !== 0);
    return metric.kind === 'mean' && j === 1 ? Infinity : quantile(nonZero, cap.percentile);
  });
}

function reduce(
  metric: MetricQuery,
  members: readonly Member[],
  at: {
    readonly events: readonly StoredTrack[];
    readonly cutoff: number;
    readonly cap: readonly number[] | undefined;
  },
): Omit<MomentRow, 'metric' | 'variant'> {
  if (metric.kind === 'quantile') return reduceQuantile(metric, members, at);
  const width = metric.kind === 'ratio' ? 2 : 1;
  let touched = 0;
  const table = members.map((m) => {
    const raw = columns(metric, m, at.events, at.cutoff);
    const { cap } = at;
    if (cap === undefined) return raw;
    if (raw.slice(0, width).some((v, j) => v > cap[j]!)) touched++;
    return raw.map((v, j) => Math.min(v, cap[j % width]!));
  });
  const k = columnCount(metric);
  const capAt = at.cap?.[0];
  return {
    moments: momentsOf(table, k),
    ...(capAt !== undefined && Number.isFinite(capAt) && { cap: { at: capAt, units: touched } }),
  };
}

function columnCount(metric: MetricQuery): number {
  if (metric.kind === 'funnel') return metric.steps.length;
  if (metric.kind === 'quantile') return 2;
  const own = metric.kind === 'ratio' || metric.kind === 'retention' ? 2 : 1;
  return metric.prePeriodMs === undefined ? own : own * 2;
}

function reduceQuantile(
  metric: Extract<MetricQuery, { kind: 'quantile' }>,
  members: readonly Member[],
  { events, cutoff }: { readonly events: readonly StoredTrack[]; readonly cutoff: number },
): Omit<MomentRow, 'metric' | 'variant'> {
  const lists = members.map((m) => {
    const from = m.t0 + (metric.delayMs ?? 0);
    const to = Math.min(cutoff, from + (metric.windowMs ?? Infinity));
    return values(
      metric,
      events.filter((e) => e.unit === m.unit),
      [from, to],
    );
  });
  const pooled = lists.flat();
  const q = quantile(pooled, metric.q);
  const table = lists.map((l) => [l.filter((v) => v <= q).length, l.length]);
  const m = momentsOf(table, 2);
  if (pooled.length === 0) return { moments: m };
  const [s, n] = m.mean as [number, number];
  const [ss, sn, nn] = m.comoment.map((c) => c / (m.n - 1)) as [number, number, number];
  const p = s / n;
  const sigma = Math.sqrt((ss - 2 * p * sn + p * p * nn) / (m.n * n * n));
  const low = metric.q - metric.z * sigma;
  const high = metric.q + metric.z * sigma;
  const inside = (x: number): number | null => (x > 0 && x < 1 ? quantile(pooled, x) : null);
  return { moments: m, quantile: { value: q, low: inside(low), high: inside(high) } };
}

/** Type 7, as R and numpy do by default; Infinity of nothing, so that it caps nothing. */
function quantile(v: readonly number[], q: number): number {
  if (v.length === 0) return Infinity;
  const sorted = v.toSorted((a, b) => a - b);
  const h = (sorted.length - 1) * q;
  const i = Math.floor(h);
  return sorted[i]! + (h - i) * ((sorted[i + 1] ?? sorted[i]!) - sorted[i]!);
}

function momentsOf(table: readonly (readonly number[])[], k: number): Moments {
  const n = table.length;
  const mean = Array.from({ length: k }, (_, j) =>
    n === 0 ? 0 : sum(table.map((r) => r[j]!)) / n,
  );
  const comoment = [];
  for (let i = 0; i < k; i++)
    for (let j = i; j < k; j++)
      comoment.push(sum(table.map((r) => (r[i]! - mean[i]!) * (r[j]! - mean[j]!))));
  return { n, mean, comoment };
}

interface Seen {
  readonly members: readonly Member[];
  readonly matured: readonly Member[];
  readonly events: readonly StoredTrack[];
}

function seenUnits(log: readonly StoredEvent[], query: PopulationQuery): Seen {
  const { environment, unitType, from, to, eligible, metric } = query;
  const known = log.filter(
    (e) => e.environment === environment && e.unitType === unitType && e.time < to,
  );
  const inRange = known.filter((e) => e.time >= from);
  const counted =
    eligible === undefined
      ? inRange
      : inRange
          .filter(isTrack)
          .filter((e) => any(values(bare(eligible), [e], [-Infinity, Infinity])) === 1);
  const members = [...new Set(counted.map((e) => e.unit))].map((unit): Member => {
    const t0 = Math.min(...counted.filter((e) => e.unit === unit).map((e) => e.time));
    return { unit, variant: '', t0, slice: undefined };
  });
  const events = known.filter(isTrack);
  const matured = members.filter((m) => windowEnd(metric, m.t0) <= to);
  return { members, matured, events };
}

function population(log: readonly StoredEvent[], query: PopulationQuery): PopulationAnswer {
  const { metric, to } = query;
  const { members, matured, events } = seenUnits(log, query);
  const days = members.map((m) => localDay(m.t0, query.timeZone));
  return {
    units: members.length,
    moments: reduce(metric, matured, {
      events,
      cutoff: to,
      cap: capOf(metric, matured, events, to),
    }).moments,
    growth: [...new Set(days)]
      .toSorted()
      .map((day) => ({ day, units: days.filter((d) => d <= day).length })),
  };
}

function halves(log: readonly StoredEvent[], query: HalvesQuery): HalvesAnswer {
  const { metric, to, most, seeds } = query;
  const { matured, events } = seenUnits(log, query);
  const kept = matured.filter((m) => isPart(unitBits(m.unit), most / matured.length));
  const cap = capOf(metric, kept, events, to);
  const splits = seeds.map((seed) => {
    const row = (variant: string, half: 0 | 1): MomentRow => ({
      metric: metric.id,
      variant,
      ...reduce(
        metric,
        kept.filter((m) => halfOf(unitBits(m.unit), seed) === half),
        { events, cutoff: to, cap },
      ),
    });
    return [row('a', 0), row('b', 1)] as const;
  });
  return { units: kept.length, splits };
}

function counts(log: readonly StoredEvent[], timeZone: string): CountAnswer {
  const days = [...new Set(log.map((e) => localDay(e.time, timeZone)))].toSorted();
  const events = [];
  const exposures = [];
  for (const day of days) {
    const today = log.filter((e) => localDay(e.time, timeZone) === day);
    const tracks = today.filter(isTrack);
    for (const name of [...new Set(tracks.map((e) => e.name))].toSorted()) {
      const named = tracks.filter((e) => e.name === name);
      const units = new Set(named.map((e) => JSON.stringify([e.unitType, e.unit]))).size;
      events.push({ name, day, events: named.length, units });
    }
    const shown = today.filter((e) => e.type === 'exposure');
    const cells = shown.map((e) => JSON.stringify([e.experiment, e.variant, e.phase]));
    for (const c of [...new Set(cells)].toSorted()) {
      const [experiment, variant, phase] = JSON.parse(c) as [string, string, number];
      exposures.push({
        experiment,
        variant,
        phase,
        day,
        exposures: cells.filter((o) => o === c).length,
      });
    }
  }
  return { events, exposures };
}

function seen(tracks: readonly StoredTrack[]): SeenEvent[] {
  return [...new Set(tracks.map((e) => e.name))].toSorted().map((name) => {
    const mine = tracks.filter((e) => e.name === name);
    const times = mine.map((e) => e.time);
    return {
      name,
      events: mine.length,
      firstSeen: Math.min(...times),
      lastSeen: Math.max(...times),
      hasValue: mine.some((e) => e.value !== undefined),
      properties: [...new Set(mine.flatMap((e) => Object.keys(e.properties ?? {})))].toSorted(),
    };
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** The local date, YYYY-MM-DD. @example localDay(0, 'Asia/Shanghai') // '1970-01-01' */
export function localDay(time: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(time);
}
