import { z } from 'zod';
import { condition } from './condition.ts';
import { key, share } from './common.ts';

const positive = z.number().gt(0);
export const planBody = z
  .strictObject({
    kind: z.enum(['proportion', 'mean', 'count', 'ratio', 'retention']),
    baseline: z.union([
      z.strictObject({ rate: z.number().gt(0).lt(1) }),
      z.strictObject({ mean: z.number(), variance: positive }),
      z.strictObject({
        numerator: z.strictObject({ mean: z.number(), variance: z.number().min(0) }),
        denominator: z.strictObject({ mean: positive, variance: z.number().min(0) }),
        covariance: z.number(),
      }),
    ]),
    mde: z.union([
      z.strictObject({ relative: z.number().refine((x) => x !== 0) }),
      z.strictObject({ absolute: z.number().refine((x) => x !== 0) }),
    ]),
    alpha: share.default(0.05),
    power: share.default(0.8),
    variants: z
      .array(positive)
      .min(2)
      .max(20)
      .default([1, 1])
      .meta({ description: 'Weights, the control first.' }),
    alternative: z.enum(['two-sided', 'greater', 'less']).default('two-sided'),
    method: z.enum(['fixed', 'sequential', 'confidenceSequence']).default('fixed'),
    looks: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Planned looks of a group-sequential test; 10 when absent.' }),
    cupedR2: z.number().min(0).lt(1).optional(),
    margin: positive
      .optional()
      .meta({ description: 'Non-inferiority margin, relative; then the plan is for a guardrail.' }),
    unitsPerDay: positive.optional(),
    /** Cumulative distinct units by day, measured: duration then follows its bend instead of a straight line. */
    growth: z.array(positive).max(400).optional(),
    maturationDays: z.number().min(0).max(400).default(0),
  })
  .meta({ id: 'PlanBody' });
export const plan = z
  .object({
    unitsPerVariant: z.array(z.number()),
    total: z.number(),
    days: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'Whole weeks, with maturation; null when traffic never gets there.' }),
    achievedPower: z.number(),
    powerCurve: z.array(z.tuple([z.number(), z.number()])),
    mdeByDay: z.array(z.tuple([z.number(), z.number()])),
    inflation: z.number().meta({ description: 'Sample size ÷ that of the fixed-horizon test.' }),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Plan' });
export const baselineBody = z
  .strictObject({
    metric: key,
    environment: key,
    audience: condition.optional(),
    days: z.int().min(1).max(90).default(28),
  })
  .meta({ id: 'BaselineBody' });
export const baseline = z
  .object({
    metric: key,
    kind: z.string(),
    units: z.int(),
    rate: z.number().nullable(),
    mean: z.number().nullable(),
    variance: z.number().nullable(),
    ratio: z
      .object({
        numerator: z.object({ mean: z.number(), variance: z.number() }),
        denominator: z.object({ mean: z.number(), variance: z.number() }),
        covariance: z.number(),
      })
      .nullable(),
    standardError: z.number().nullable(),
    unitsPerDay: z.number().nullable(),
    growth: z.array(z.number()),
    cupedR2: z.number().nullable(),
    from: z.string(),
    to: z.string(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Baseline' });

export type PlanBody = z.output<typeof planBody>;
export type Plan = z.output<typeof plan>;
export type BaselineBody = z.output<typeof baselineBody>;
export type Baseline = z.output<typeof baseline>;
