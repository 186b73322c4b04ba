import { z } from 'zod';
import { condition } from './condition.ts';
import { eventName, json, key, label, share, span, text, time, type Role } from './common.ts';

/** What the server adds to every definition. Sent back by a client, these members are ignored. */
const stored = {
  revision: z.int().meta({ description: 'Send it back as If-Match.' }),
  createdAt: time,
  updatedAt: time,
  updatedBy: z.string(),
  archived: z.boolean(),
};
export const storedNames = Object.keys(stored);

const named = {
  key,
  name: label.optional(),
  description: text.default(''),
  owner: label.default(''),
  tags: z.array(label).max(50).default([]),
};

// ── environments ──
export const environmentBody = z
  .strictObject({
    key,
    name: label.optional(),
    description: text.default(''),
    color: label.default(''),
  })
  .meta({ id: 'EnvironmentBody' });
export const environment = z
  .object({ ...environmentBody.shape, ...stored })
  .meta({ id: 'Environment' });

// ── flags ──
export const weights = z
  .array(z.tuple([key, z.int().min(0).max(1_000_000)]))
  .min(1)
  .max(100)
  .meta({ description: '[variant, weight] in order; weights add up to 1 … 1,000,000.' });
export const coverage = z
  .int()
  .min(0)
  .max(100_000)
  .meta({ description: 'Thousandths of a percent.' });
/** Exactly one of `variant` and `split`. */
export const serve = z
  .strictObject({
    variant: key.optional(),
    split: weights.optional(),
    unit: label.optional(),
    salt: label.optional(),
  })
  .refine((s) => (s.variant === undefined) !== (s.split === undefined), {
    error: 'needs exactly one of variant and split',
  })
  .meta({ id: 'Serve' });
/** Exactly one of `variant`, `split` (a rollout) and `experiment`. */
export const rule = z
  .strictObject({
    id: z.string().min(1).max(100),
    name: label.optional(),
    if: condition.optional(),
    variant: key.optional(),
    split: weights.optional(),
    unit: label.optional(),
    salt: label.optional(),
    coverage: coverage.optional(),
    sticky: z.boolean().optional(),
    experiment: key.optional(),
  })
  .refine((r) => [r.variant, r.split, r.experiment].filter((x) => x !== undefined).length === 1, {
    error: 'needs exactly one of variant, split and experiment',
  })
  .meta({ id: 'Rule' });
export const requirement = z.strictObject({ flag: key, variants: z.array(key).min(1).max(100) });
export const flagSettings = z
  .strictObject({
    on: z.boolean().default(false),
    off: key.nullable().default(null),
    rules: z.array(rule).max(1_000).default([]),
    default: serve,
    requires: z.array(requirement).max(50).optional(),
  })
  .meta({ id: 'FlagSettings' });
export const flagBody = z
  .strictObject({
    ...named,
    type: z.enum(['boolean', 'string', 'number', 'json']),
    clientVisible: z.boolean().default(false),
    purpose: z.enum(['release', 'experiment', 'operational', 'permission']).default('release'),
    variants: z
      .array(z.strictObject({ key, value: json, name: label.optional() }))
      .min(1)
      .max(100),
    environments: z.record(key, flagSettings).default({}),
    requires: z.array(requirement).max(50).optional(),
  })
  .meta({ id: 'FlagBody' });
export const flag = z.object({ ...flagBody.shape, ...stored }).meta({ id: 'Flag' });

// ── experiments ──
export const slots = z
  .array(z.tuple([z.int().min(0).max(10_000), z.int().min(0).max(10_000)]))
  .min(1)
  .max(100)
  .meta({ description: 'Half-open slot ranges of the layer, 0 … 10,000.' });
export const method = z.enum(['sequential', 'fixed', 'bayesian']).meta({ id: 'Method' });
export const experimentBody = z
  .strictObject({
    ...named,
    flag: key,
    environment: key,
    unit: label.default('userId'),
    hypothesis: z
      .strictObject({
        because: text.default(''),
        change: text.default(''),
        expect: text.default(''),
      })
      .default({ because: '', change: '', expect: '' }),
    variants: z
      .array(z.strictObject({ key, weight: z.int().min(0).max(1_000_000), name: label.optional() }))
      .min(2)
      .max(20),
    control: key,
    coverage: coverage.default(100_000),
    audience: condition.optional(),
    layer: z.strictObject({ key, slots }).optional(),
    holdouts: z.array(key).max(20).optional(),
    sticky: z.boolean().optional(),
    timeZone: label.default('UTC'),
    metrics: z
      .strictObject({
        primary: key.optional(),
        secondary: z.array(key).max(50).default([]),
        guardrails: z
          .array(z.strictObject({ metric: key, margin: z.number().gt(0).lt(10).optional() }))
          .max(50)
          .default([]),
      })
      .default({ secondary: [], guardrails: [] }),
    analysis: z
      .strictObject({
        method: method.default('sequential'),
        alpha: share.default(0.05),
        power: share.default(0.8),
        cuped: z.boolean().default(true),
        correction: z.enum(['holm', 'none']).default('holm'),
      })
      .default({ method: 'sequential', alpha: 0.05, power: 0.8, cuped: true, correction: 'holm' }),
    plan: z
      .strictObject({
        mde: z.number().gt(0).max(100).optional(),
        unitsPerVariant: z.int().min(2).max(1e10).optional(),
        days: z.number().gt(0).max(400).optional(),
      })
      .default({}),
  })
  .meta({ id: 'ExperimentBody' });
export const experimentStatus = z
  .enum(['draft', 'running', 'stopped', 'decided', 'archived'])
  .meta({ id: 'ExperimentStatus' });
/** An assignment-stable period: a change of weights, audience, unit, layer or a smaller coverage starts the next. */
export const phase = z.object({
  number: z.int().min(1),
  startedAt: time,
  endedAt: time.nullable(),
  salt: z.string(),
  /** Where a ramp stood: every change of coverage within the phase. */
  ramp: z.array(z.object({ at: time, coverage })),
  variants: z.array(z.object({ key, weight: z.int() })),
  reason: z.string(),
});
export const decision = z.object({
  outcome: z.enum(['ship', 'rollback', 'inconclusive']),
  variant: key.optional(),
  note: text,
  at: time,
  by: z.string(),
});
export const amendment = z.object({
  at: time,
  by: z.string(),
  reason: z.string(),
  changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
});
const life = {
  status: experimentStatus,
  salt: z.string(),
  phases: z.array(phase),
  /** SHA-256 of the plan and decision rule as they stood at start. */
  planHash: z.string().nullable(),
  startedAt: time.nullable(),
  stoppedAt: time.nullable(),
  decision: decision.nullable(),
  amendments: z.array(amendment),
};
export const lifeNames = Object.keys(life);
export const experiment = z
  .object({ ...experimentBody.shape, ...life, ...stored })
  .meta({ id: 'Experiment' });

// ── metrics ──
const selector = { event: eventName, where: condition.optional() };
const valued = {
  ...selector,
  value: eventName
    .optional()
    .meta({ description: '"value" or a property\'s dotted path; absent counts events.' }),
};
const cap = z
  .union([
    z.strictObject({ percentile: z.number().gt(0.5).lt(1) }),
    z.strictObject({ absolute: z.number().gt(0) }),
  ])
  .optional();
const measured = {
  ...named,
  window: span.optional(),
  delay: span.optional(),
  direction: z.enum(['up', 'down']).default('up'),
  stage: z.enum(['acquisition', 'activation', 'retention', 'referral', 'revenue']).optional(),
  unitOfMeasure: label.optional(),
  /** Length of the CUPED pre-period. */
  prePeriodDays: z.int().min(1).max(60).default(14),
};
export const metricBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...measured, kind: z.literal('proportion'), ...selector }),
    z.strictObject({ ...measured, kind: z.literal('count'), ...selector }),
    z.strictObject({
      ...measured,
      kind: z.literal('mean'),
      ...valued,
      value: eventName.default('value'),
      cap,
    }),
    z.strictObject({
      ...measured,
      kind: z.literal('ratio'),
      numerator: z.strictObject(valued),
      denominator: z.strictObject(valued),
      cap,
    }),
    z.strictObject({
      ...measured,
      kind: z.literal('retention'),
      ...selector,
      fromDay: z.int().min(0).max(365),
      toDay: z.int().min(1).max(366),
    }),
    z.strictObject({
      ...measured,
      kind: z.literal('funnel'),
      steps: z
        .array(z.strictObject({ ...selector, within: span.optional() }))
        .min(2)
        .max(10),
    }),
    z.strictObject({
      ...measured,
      kind: z.literal('quantile'),
      ...selector,
      value: eventName.default('value'),
      q: share,
    }),
  ])
  .meta({ id: 'MetricBody' });
export const metric = z.intersection(metricBody, z.object(stored)).meta({ id: 'Metric' });

// ── segments, layers, holdouts ──
export const segmentBody = z
  .strictObject({
    ...named,
    if: condition.optional(),
    /** A named list of units instead of a condition; never sent to client keys. */
    units: z
      .strictObject({
        unit: label.default('userId'),
        ids: z.array(z.string().min(1).max(200)).max(100_000),
      })
      .optional(),
  })
  .refine((s) => (s.if === undefined) !== (s.units === undefined), {
    error: 'needs exactly one of if and units',
  })
  .meta({ id: 'SegmentBody' });
export const segment = z.object({ ...segmentBody.shape, ...stored }).meta({ id: 'Segment' });

export const layerBody = z
  .strictObject({ ...named, unit: label.default('userId') })
  .meta({ id: 'LayerBody' });
export const layer = z
  .object({ ...layerBody.shape, salt: z.string(), ...stored })
  .meta({ id: 'Layer' });

export const holdoutBody = z
  .strictObject({ ...named, unit: label.default('userId'), share: coverage })
  .meta({ id: 'HoldoutBody' });
export const holdout = z
  .object({ ...holdoutBody.shape, salt: z.string(), ...stored })
  .meta({ id: 'Holdout' });

/** One immutable version of a definition, with what it changed. */
export const revisionEntry = z
  .object({
    revision: z.int(),
    at: time,
    by: z.string(),
    action: z.string(),
    reason: z.string(),
    body: z.unknown(),
    changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'Revision' });

export const kinds = {
  environments: { body: environmentBody, read: environment, readOnly: storedNames, write: 'admin' },
  flags: { body: flagBody, read: flag, readOnly: storedNames, write: 'editor' },
  experiments: {
    body: experimentBody,
    read: experiment,
    readOnly: [...storedNames, ...lifeNames],
    write: 'editor',
  },
  metrics: { body: metricBody, read: metric, readOnly: storedNames, write: 'analyst' },
  segments: { body: segmentBody, read: segment, readOnly: storedNames, write: 'editor' },
  layers: { body: layerBody, read: layer, readOnly: [...storedNames, 'salt'], write: 'editor' },
  holdouts: {
    body: holdoutBody,
    read: holdout,
    readOnly: [...storedNames, 'salt'],
    write: 'editor',
  },
} as const satisfies Record<
  string,
  { body: z.ZodType; read: z.ZodType; readOnly: string[]; write: Role }
>;
export type Kind = keyof typeof kinds;

export type Environment = z.output<typeof environment>;
export type Flag = z.output<typeof flag>;
export type FlagBody = z.output<typeof flagBody>;
export type FlagSettings = z.output<typeof flagSettings>;
export type FlagRule = z.output<typeof rule>;
export type Serve = z.output<typeof serve>;
export type Experiment = z.output<typeof experiment>;
export type ExperimentBody = z.output<typeof experimentBody>;
export type Phase = z.output<typeof phase>;
export type Metric = z.output<typeof metric>;
export type MetricBody = z.output<typeof metricBody>;
export type Segment = z.output<typeof segment>;
export type SegmentBody = z.output<typeof segmentBody>;
export type Layer = z.output<typeof layer>;
export type LayerBody = z.output<typeof layerBody>;
export type Holdout = z.output<typeof holdout>;
export type HoldoutBody = z.output<typeof holdoutBody>;
export type Revision = z.output<typeof revisionEntry>;
/** A stored definition and the body that a person wrote, by kind. */
export type Definition<K extends Kind> = z.output<(typeof kinds)[K]['read']>;
export type Body<K extends Kind> = z.output<(typeof kinds)[K]['body']>;
