import { z } from 'zod';
import { key, time } from './common.ts';

export const calibrationQuery = z.object({
  environment: key.optional().meta({ description: 'production, or the first one, when absent.' }),
});
export const calibration = z
  .object({
    metric: key,
    environment: key,
    falsePositiveRate: z.number().nullable().meta({
      description:
        'Share of splits without any effect that the readout’s test calls significant at alpha.',
    }),
    low: z.number().nullable().meta({ description: '99 % interval, exact.' }),
    high: z.number().nullable(),
    uniformity: z.number().nullable().meta({
      description: 'p-value of the p-values being uniform (Kolmogorov–Smirnov).',
    }),
    trusted: z.boolean().nullable().meta({
      description:
        'The interval holds alpha and the p-values pass as uniform; null when too few could be told, or the outcome is too rare for more than an exact test.',
    }),
    alpha: z.number(),
    seeds: z.int().meta({ description: 'Random splits.' }),
    seed: z.int().meta({ description: 'The first of them: the same one gives the same answer.' }),
    told: z.int().meta({ description: 'Splits whose p-value is defined.' }),
    units: z.int(),
    from: time,
    to: time,
    at: time,
    notes: z.array(z.string()),
  })
  .meta({ id: 'Calibration' });
export type Calibration = z.output<typeof calibration>;
