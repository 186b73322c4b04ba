import { z } from 'zod';
import { share } from './common.ts';
import { interval } from './readout.ts';

const n = z.number().min(0).max(1e15);
const covariate = z
  .strictObject({ mean: z.number(), variance: z.number().min(0), covariance: z.number() })
  .optional();
const column = z.strictObject({ mean: z.number(), variance: z.number().min(0) });
export const sample = z
  .union([
    z.strictObject({ n, successes: n, covariate }),
    z.strictObject({ n, mean: z.number(), variance: z.number().min(0), covariate }),
    z.strictObject({ n, numerator: column, denominator: column, covariance: z.number() }),
  ])
  .meta({
    id: 'Sample',
    description: 'Sufficient statistics of one variant; variances are sample variances (n − 1).',
  });
export const compareBody = z
  .strictObject({
    kind: z.enum(['proportion', 'mean', 'ratio']),
    method: z.enum(['fixed', 'confidenceSequence', 'groupSequential', 'bayesian']).default('fixed'),
    alpha: share.default(0.05),
    alternative: z.enum(['two-sided', 'greater', 'less']).default('two-sided'),
    control: sample,
    treatment: sample,
    plannedUnits: z
      .number()
      .gt(0)
      .max(1e15)
      .optional()
      .meta({ description: 'Planned total over both variants.' }),
    prior: z.strictObject({ mean: z.number().default(0), sd: z.number().gt(0) }).optional(),
    looks: z
      .array(z.number().gt(0))
      .max(1_000)
      .optional()
      .meta({ description: 'Total units at each earlier look, in order.' }),
  })
  .meta({ id: 'CompareBody' });
export const comparison = z
  .object({
    absolute: interval,
    relative: interval.nullable(),
    pValue: z.number().nullable(),
    statistic: z.number().nullable(),
    df: z.number().optional(),
    probabilityBetter: z.number().nullable().optional(),
    expectedLoss: z.number().nullable().optional(),
    standardError: z.number().nullable(),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Comparison' });
export const srmBody = z
  .strictObject({
    counts: z.record(z.string().max(100), n),
    weights: z.record(z.string().max(100), z.number().min(0).max(1e9)),
  })
  .meta({ id: 'SrmBody' });
export const srmResult = z
  .object({
    chiSquare: z.number().nullable(),
    df: z.int(),
    pValue: z.number().nullable(),
    log10PValue: z.number().nullable(),
    suspicious: z.boolean(),
  })
  .meta({ id: 'Srm' });

export type Sample = z.output<typeof sample>;
export type CompareBody = z.output<typeof compareBody>;
export type Comparison = z.output<typeof comparison>;
export type SrmBody = z.output<typeof srmBody>;
export type SrmResult = z.output<typeof srmResult>;
