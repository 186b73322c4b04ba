import type { Condition } from '@assay/sdk';
import type { Moments } from '../../stats/moments.ts';

/** Where an event came from; imports may be older than the data plane's limit. */
export type EventSource = 'sdk' | 'import' | 'demo';

interface EventBase {
  /** A UUID in lower case. */
  readonly id: string;
  /** Time as the client sent it, whole ms since the epoch. With `id` the identity of the event: a retry repeats both. */
  readonly at: number;
  /** `at` corrected by the client's clock offset; windows and days are cut on it. The first accepted one stays. */
  readonly time: number;
  /** Arrival at the server, ms since the epoch. */
  readonly received: number;
  readonly environment: string;
  readonly unitType: string;
  readonly unit: string;
  readonly source: EventSource;
}
export interface StoredExposure extends EventBase {
  readonly type: 'exposure';
  readonly flag: string;
  readonly experiment: string;
  readonly variant: string;
  readonly phase: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
}
export interface StoredTrack extends EventBase {
  readonly type: 'track';
  readonly name: string;
  readonly value?: number;
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
}
export type StoredEvent = StoredExposure | StoredTrack;

export interface AppendResult {
  readonly accepted: number;
  readonly duplicates: number;
}

/**
 * Which events of a unit count, and the number each brings (`value`, a property's name, or 1 when absent). Counting
 * kinds look at the event alone; where a number is asked for, an event without one does not count.
 */
export interface EventSelector {
  readonly event: string;
  readonly where?: Condition;
  readonly value?: string;
}
export type Cap = { readonly percentile: number } | { readonly absolute: number };

interface MetricBase {
  /** Repeated in the answer; one query may hold the same metric twice, capped and uncapped. */
  readonly id: string;
  /** Events count in [t0 + delay, t0 + delay + window), t0 the unit's first exposure; no window = until `asOf`. ms. */
  readonly windowMs?: number;
  readonly delayMs?: number;
  /** Length of the pre-period [t0 − length, t0) that gives the CUPED covariate; absent = no covariate columns. ms. */
  readonly prePeriodMs?: number;
}
export type MetricQuery =
  | (MetricBase & EventSelector & { readonly kind: 'proportion' | 'count' })
  | (MetricBase & EventSelector & { readonly kind: 'mean'; readonly cap?: Cap })
  /** A percentile caps each part by itself, an absolute cap the numerator. */
  | (MetricBase & {
      readonly kind: 'ratio';
      readonly numerator: EventSelector;
      readonly denominator: EventSelector;
      readonly cap?: Cap;
    })
  /** Active again in [t0 + fromDay·24 h, t0 + toDay·24 h); units whose day has not wholly passed have d = 0. Columns [y, d], with a pre-period [y, d, p, q]: p = seen in it, q = d. */
  | (MetricBase &
      EventSelector & {
        readonly kind: 'retention';
        readonly fromDay: number;
        readonly toDay: number;
      })
  /** Steps in order, each strictly after the one before and less than its time later (the first: after t0). Columns: one 0/1 per step, no covariates. */
  | (MetricBase & {
      readonly kind: 'funnel';
      readonly steps: readonly (EventSelector & { readonly withinMs?: number })[];
    })
  /** Columns [values ≤ q̂, values], no covariates; `quantile` in the answer where there are values; low and high at q ∓ z·σ, null outside (0, 1). */
  | (MetricBase &
      EventSelector & { readonly kind: 'quantile'; readonly q: number; readonly z: number });

export interface MomentQuery {
  readonly environment: string;
  readonly experiment: string;
  readonly phase: number;
  readonly unitType: string;
  /** Variant keys; exposures with other variants are counted in `strangers`, never analysed. */
  readonly variants: readonly string[];
  /** First exposures in [from, to) enter. ms. */
  readonly from: number;
  readonly to: number;
  /** "Now": events at or after it are ignored; maturity is judged against it. ms. */
  readonly asOf: number;
  /** `all` exposed units, or only those whose window (per metric) has wholly passed. */
  readonly reading: 'all' | 'matured';
  /** IANA zone in which days are cut. */
  readonly timeZone: string;
  readonly metrics: readonly MetricQuery[];
  /** One row in all, or cumulative up to the end of each day (as if that were `asOf`), or by the day of first exposure. */
  readonly by?: 'total' | 'cumulative' | 'cohort';
  /** At most two attributes of the first exposure; each combination gets its own rows, a missing attribute is ''. */
  readonly breakdown?: readonly string[];
}

/** Where a row belongs: `day` is the local date (YYYY-MM-DD) when `by` asks for days, `slice` the breakdown's values. */
export interface Cell {
  readonly variant: string;
  readonly day?: string;
  readonly slice?: readonly string[];
}
export interface MomentRow extends Cell {
  readonly metric: string;
  /** Columns as told in stats/moments.ts, covariates last. */
  readonly moments: Moments;
  /** The cap that was applied (same for all variants) and how many units it touched. */
  readonly cap?: { readonly at: number; readonly units: number };
  readonly quantile?: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
  };
}
export interface UnitRow extends Cell {
  readonly units: number;
}
export interface MomentAnswer {
  readonly units: readonly UnitRow[];
  /** Units seen in more than one variant: left out of everything else. */
  readonly crossovers: number;
  /** Crossover units by the variant of their first exposure: leaving them out must not unbalance the split. */
  readonly crossoversByVariant: Readonly<Record<string, number>>;
  /** Units exposed to a variant that the query does not name, at least once. */
  readonly strangers: number;
  /** Of the analysed units' first exposures. ms. */
  readonly firstExposure: number | null;
  readonly lastExposure: number | null;
  /** The latest event of this environment that the answer could see. ms. */
  readonly lastEvent: number | null;
  readonly rows: readonly MomentRow[];
}

/** What a plan starts from: a metric over the units seen lately, as if each had been exposed when first seen. */
export interface PopulationQuery {
  readonly environment: string;
  readonly unitType: string;
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Only units with such an event count as eligible; absent = any event or exposure. */
  readonly eligible?: EventSelector;
  readonly metric: MetricQuery;
}
export interface PopulationAnswer {
  readonly units: number;
  /** Of the units whose window has wholly passed by `to`. */
  readonly moments: Moments;
  /** Cumulative distinct units at the end of each day, in order. */
  readonly growth: readonly { readonly day: string; readonly units: number }[];
}

/** The population of a metric split in two at random, once for every seed: what an experiment without any effect sees. */
export interface HalvesQuery extends PopulationQuery {
  /** Whole numbers from 0 to 2³² − 1; which half a unit is in is told by halves.ts. */
  readonly seeds: readonly number[];
  /** Of more units than this a random part is taken, the same for every seed. */
  readonly most: number;
}
export interface HalvesAnswer {
  /** Matured units that were split. */
  readonly units: number;
  /** One for each seed, in order. Rows as a readout has them, variants `a` and `b`. */
  readonly splits: readonly (readonly [MomentRow, MomentRow])[];
}

export interface CountQuery {
  readonly environment: string;
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}
export interface CountAnswer {
  readonly events: readonly {
    readonly name: string;
    readonly day: string;
    readonly events: number;
    readonly units: number;
  }[];
  readonly exposures: readonly {
    readonly experiment: string;
    readonly variant: string;
    readonly phase: number;
    readonly day: string;
    readonly exposures: number;
  }[];
}
/** A track event name that was seen, with when and how it looks; `properties` lists the names seen in a sample. */
export interface SeenEvent {
  readonly name: string;
  readonly events: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly hasValue: boolean;
  readonly properties: readonly string[];
}

export interface Rejected {
  readonly at: number;
  readonly environment: string;
  readonly code: string;
  readonly detail: string;
  /** The event as sent, JSON, cut to 2,000 characters. */
  readonly body: string;
}
export interface EraseReceipt {
  readonly unitType: string;
  readonly events: number;
  readonly exposures: number;
  readonly erasedAt: number;
}
export interface StoreStatus {
  readonly events: number;
  readonly bytes: number;
  readonly walBytes: number;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/**
 * Where events live. It speaks units, metrics and moments, never SQL or rows. Every implementation passes
 * test/contract/event-store against a plain reference.
 */
export interface EventStore {
  /** Durable when it resolves (survives kill -9 and power loss); idempotent by (at, id). Rejects with `unavailable` when it cannot write. */
  append(batch: readonly StoredEvent[]): Promise<AppendResult>;
  moments(query: MomentQuery): Promise<MomentAnswer>;
  population(query: PopulationQuery): Promise<PopulationAnswer>;
  halves(query: HalvesQuery): Promise<HalvesAnswer>;
  counts(query: CountQuery): Promise<CountAnswer>;
  seen(environment: string): Promise<readonly SeenEvent[]>;
  /** The newest events first, for the live view and the unit page. */
  recent(environment: string, limit: number): Promise<readonly StoredEvent[]>;
  /** Everything known of one unit, oldest first. */
  unit(environment: string, unitType: string, unit: string): Promise<readonly StoredEvent[]>;
  /** In every environment; a retry of an erased event does not bring it back. */
  erase(unitType: string, unit: string): Promise<EraseReceipt>;
  /** Removes every event of one environment (the demo's end). */
  clear(environment: string): Promise<number>;
  noteRejected(rejected: readonly Rejected[]): Promise<void>;
  rejected(environment: string, limit: number): Promise<readonly Rejected[]>;
  status(): Promise<StoreStatus>;
  /** A consistent copy into the folder `to`, while events keep coming. */
  backup(to: string): Promise<void>;
  close(): Promise<void>;
}
