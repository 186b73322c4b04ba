import { z } from 'zod';
import { context, json, key, time } from './common.ts';

export const liveEvent = z
  .object({
    id: z.string(),
    type: z.enum(['exposure', 'track', 'rejected']),
    time,
    received: time,
    unit: z.string(),
    unitType: z.string(),
    /** Event name, or the experiment of an exposure. */
    name: z.string(),
    variant: z.string().optional(),
    value: z.number().optional(),
    properties: z.record(z.string(), json).optional(),
    source: z.enum(['sdk', 'import', 'demo']),
    /** unknownExperiment, unknownEvent, firstEver, late, inFuture …; of a rejected event its code. */
    marks: z.array(z.string()),
    detail: z.string().optional(),
  })
  .meta({ id: 'LiveEvent' });
export const rejectedEvent = z.object({
  at: time,
  code: z.string(),
  detail: z.string(),
  body: z.string(),
});
export const seenEvent = z.object({
  name: z.string(),
  events: z.int(),
  firstSeen: time,
  lastSeen: time,
  hasValue: z.boolean(),
  properties: z.array(z.string()),
  /** Metrics that use it. */
  metrics: z.array(key),
});
export const activity = z
  .object({
    events: z.array(
      z.object({ name: z.string(), day: z.string(), events: z.int(), units: z.int() }),
    ),
    exposures: z.array(
      z.object({
        experiment: z.string(),
        variant: z.string(),
        phase: z.int(),
        day: z.string(),
        exposures: z.int(),
      }),
    ),
    lastEvent: time.nullable(),
  })
  .meta({ id: 'Activity' });

export const explainBody = z.strictObject({ environment: key, flag: key, context });
const conditionTrace = z.object({
  attr: z.string(),
  op: z.string(),
  value: json.optional(),
  got: json.optional(),
  holds: z.boolean(),
});
export const explanation = z
  .object({
    flag: key,
    environment: key,
    version: z.int(),
    value: json,
    variant: z.string().nullable(),
    reason: z.string(),
    rule: z.string().nullable(),
    unit: z.object({ type: z.string(), id: z.string().nullable() }),
    steps: z.array(
      z.object({
        kind: z.enum(['on', 'requires', 'rule', 'default']),
        id: z.string(),
        outcome: z.enum(['passed', 'skipped', 'served', 'stopped', 'notReached']),
        why: z.string(),
        conditions: z.array(conditionTrace),
        holdout: z
          .object({ key: z.string(), bucket: z.number(), share: z.number(), heldOut: z.boolean() })
          .optional(),
        layer: z
          .object({
            key: z.string(),
            slot: z.int(),
            slots: z.array(z.tuple([z.int(), z.int()])),
            owned: z.boolean(),
          })
          .optional(),
        coverage: z
          .object({ bucket: z.number(), coverage: z.int(), enrolled: z.boolean() })
          .optional(),
        split: z
          .object({
            hash: z.int(),
            bucket: z.number(),
            weights: z.array(z.tuple([z.string(), z.int()])),
            variant: z.string(),
          })
          .optional(),
      }),
    ),
  })
  .meta({ id: 'Explanation' });

export const unitPage = z
  .object({
    unitType: z.string(),
    unit: z.string(),
    events: z.array(
      z.object({
        ...liveEvent.shape,
        /** What it counted in, and why not: one line per metric of the experiments the unit is in. */
        counted: z.array(
          z.object({ experiment: key, metric: key, counts: z.boolean(), why: z.string() }),
        ),
      }),
    ),
    assignments: z.array(
      z.object({
        experiment: key,
        variant: z.string(),
        phase: z.int(),
        firstExposure: time,
        attributes: z.record(z.string(), json),
      }),
    ),
  })
  .meta({ id: 'UnitPage' });
export const eraseReceipt = z.object({
  unitType: z.string(),
  events: z.int(),
  exposures: z.int(),
  erasedAt: time,
});

/** Two shapes: rows of events as they are, or one row a unit whose columns become exposures and events. */
export const columnMap = z
  .strictObject({
    unit: z.string().max(200),
    variant: z.string().max(200).optional(),
    /** Renames the file's variant values to the experiment's: { "gate_30": "control" }. */
    variants: z.record(z.string().max(200), key).optional(),
    time: z.string().max(200).optional(),
    outcomes: z
      .array(
        z.strictObject({
          column: z.string().max(200),
          event: z.string().min(1).max(100),
          kind: z.enum(['boolean', 'number']),
        }),
      )
      .max(100)
      .default([]),
    /** Columns kept as attributes of the exposure, to break down by. */
    attributes: z.array(z.string().max(200)).max(50).default([]),
    /** For a file with one event a row. */
    event: z.string().max(200).optional(),
    value: z.string().max(200).optional(),
  })
  .meta({ id: 'ColumnMap' });
export const importQuery = z.object({
  environment: key,
  format: z.enum(['ndjson', 'csv']),
  experiment: key.optional(),
  unitType: z.string().max(100).optional(),
  /** When the units of a file without times were exposed; events follow one minute later. */
  at: time.optional(),
  /** JSON of ColumnMap, for CSV. */
  map: z.string().max(20_000).optional(),
  /** Names the import: sent again with the same name it continues and counts nothing twice. */
  id: z.string().max(100).optional(),
});
export const importState = z
  .object({
    id: z.string(),
    environment: key,
    format: z.enum(['ndjson', 'csv']),
    status: z.enum(['running', 'done', 'failed']),
    rows: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    bytes: z.int(),
    totalBytes: z.int().nullable(),
    bad: z.array(z.object({ line: z.int(), code: z.string(), detail: z.string() })),
    badRows: z.int(),
    startedAt: time,
    finishedAt: time.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ImportState' });

export const demoState = z
  .object({
    status: z.enum(['absent', 'running', 'paused']),
    environment: key,
    experiment: key,
    /** Simulated seconds per real second. */
    speed: z.number(),
    visitors: z.int(),
    simulatedDays: z.number(),
  })
  .meta({ id: 'DemoState' });
export const demoBody = z.strictObject({
  speed: z.number().min(0).max(1e6).optional(),
  paused: z.boolean().optional(),
});

export const about = z
  .object({
    version: z.string(),
    url: z.string(),
    startedAt: time,
    store: z.object({ events: z.int(), bytes: z.int(), walBytes: z.int() }),
    insecure: z.boolean(),
  })
  .meta({ id: 'About' });

export type LiveEvent = z.output<typeof liveEvent>;
export type Explanation = z.output<typeof explanation>;
export type UnitPage = z.output<typeof unitPage>;
export type ColumnMap = z.output<typeof columnMap>;
export type ImportQuery = z.output<typeof importQuery>;
export type ImportState = z.output<typeof importState>;
export type DemoState = z.output<typeof demoState>;
export type Activity = z.output<typeof activity>;
