import { z } from 'zod';
import { key } from './common.ts';
import { experiment, metric } from './definitions.ts';

/** A double; null stands for one that is not finite. */
const double = z.number().nullable();
const time = z.number().meta({ description: 'ms since the epoch' });
const units = z.record(z.string(), z.int());
const row = z.object({
  metric: z.string(),
  variant: key,
  moments: z.object({ n: z.number(), mean: z.array(double), comoment: z.array(double) }).meta({
    description:
      'Units, means, and the packed upper triangle of Σ(a − ā)(b − b̄). Columns: [y], ratio [m, d], retention [y, d], one a funnel step; then the same of the pre-period.',
  }),
  cap: z.object({ at: z.number(), units: z.int() }).optional(),
  quantile: z.object({ value: double, low: double, high: double }).optional(),
});

/** Everything that a readout was computed from. `assay verify` recomputes every figure from it, without a database. */
export const readoutInputs = z
  .object({
    format: z.literal(1),
    experiment,
    metrics: z.array(metric),
    phase: z.int(),
    weights: z.record(z.string(), z.number()),
    baseline: key,
    reading: z.object({
      reading: z.enum(['all', 'matured']),
      from: time,
      to: time,
      asOf: time,
      cuped: z.boolean(),
    }),
    inference: z.object({
      kind: z.enum(['fixed', 'confidenceSequence', 'groupSequential', 'bayesian']),
      alpha: z.number(),
      correction: z.enum(['holm', 'none']),
      plannedPerVariant: z.number().nullable(),
      /** Looks of a group sequential test, in order, with the units of each metric and variant. */
      looks: z
        .array(
          z.object({
            number: z.int(),
            at: time,
            final: z.boolean(),
            units: z.int(),
            n: z.record(z.string(), z.record(z.string(), z.number())),
            /** The primary metric against the control, by treatment; z on the normal scale. */
            primary: z.record(
              z.string(),
              z.object({ z: z.number(), standardError: z.number(), control: double }),
            ),
          }),
        )
        .optional(),
    }),
    exposure: z.object({
      units,
      crossovers: z.int(),
      crossoversByVariant: units,
      strangers: z.int(),
      first: time.nullable(),
      last: time.nullable(),
      lastEvent: time.nullable(),
    }),
    rows: z.array(row),
    lookRows: z.array(row).optional().meta({ description: 'As they were at the latest look.' }),
    cohorts: z.array(z.object({ day: z.string(), variant: key, units: z.int() })),
    /** Events of the environment over the last day. */
    intake: z.object({ accepted: z.int(), rejected: z.int() }).nullable(),
  })
  .meta({ id: 'ReadoutInputs' });
export type ReadoutInputs = z.output<typeof readoutInputs>;
