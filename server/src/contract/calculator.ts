import { z } from 'zod';
import { share } from './common.ts';

const number = z.number().nullable();
const positive = z.number().gt(0);
const bounds = z.tuple([number, number]);
const counts = z.record(z.string().max(100), z.number().min(0).max(1e15));
export const srmBody = z
  .strictObject({
    counts: counts.optional().meta({ description: 'Units of each variant so far.' }),
    weights: z.record(z.string().max(100), z.number().min(0).max(1e9)),
    looks: z.array(counts).min(1).max(10_000).optional().meta({
      description:
        'Units that were added at each look, in order: adds the test that may be looked at any time.',
    }),
    concentrations: z.array(positive).min(1).max(20).optional().meta({
      description:
        'Prior strengths that the sequential test averages over; one makes it the plain test. 10² to 10⁶ when absent.',
    }),
  })
  .refine((b) => b.counts !== undefined || b.looks !== undefined, {
    error: 'counts or looks must be there',
  })
  .meta({ id: 'SrmBody' });
export const srmResult = z
  .object({
    chiSquare: number,
    df: z.int(),
    pValue: number,
    log10PValue: number,
    suspicious: z.boolean(),
    severe: z.boolean().meta({ description: 'p below 1e-6.' }),
    strays: z.boolean().meta({ description: 'Units in a variant of weight 0.' }),
    looks: z
      .array(
        z.object({
          lnBayesFactor: number.meta({ description: 'Null when infinite: a stray unit.' }),
          pValue: z.number().meta({ description: 'Valid at every look.' }),
          pNow: z.number().meta({ description: 'Of this look alone, earlier ones forgotten.' }),
          suspicious: z.boolean().meta({ description: 'pValue below 0.01.' }),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Srm' });

export const adjustBody = z
  .strictObject({
    pValues: z.array(z.number().min(0).max(1).nullable()).max(2_000).default([]),
    effects: z
      .array(z.strictObject({ estimate: z.number(), standardError: positive }))
      .max(10_000)
      .optional()
      .meta({
        description: 'One for each p-value: their intervals are widened for the family.',
      }),
    eValues: z.array(z.number().min(0)).max(10_000).optional(),
    level: share
      .default(0.05)
      .meta({ description: 'Of the family: alpha, or the false discovery rate q.' }),
    comparisons: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .meta({ description: 'Size of the family; that of the p-values when absent.' }),
    treatments: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'Treatments that share one control, for Dunnett.' }),
    sides: z.union([z.literal(1), z.literal(2)]).default(2),
  })
  .meta({ id: 'AdjustBody' });
const family = z.array(number);
export const adjusted = z
  .object({
    bonferroni: family,
    holm: family,
    hochberg: family,
    hommel: family,
    benjaminiHochberg: family,
    benjaminiYekutieli: family,
    alphaEach: z.number().meta({ description: 'Bonferroni’s level of one test.' }),
    intervals: z.array(bounds).optional().meta({ description: 'At alphaEach.' }),
    falseCoverage: z
      .object({
        selected: z.array(z.boolean()),
        alphaEach: z.number(),
        intervals: z
          .array(bounds.nullable())
          .optional()
          .meta({ description: 'Null for those not selected.' }),
      })
      .meta({
        description:
          'Selected by Benjamini–Hochberg; intervals keep the false coverage rate at the level.',
      }),
    eBenjaminiHochberg: z
      .object({ rejected: z.array(z.boolean()), average: z.number() })
      .optional(),
    dunnett: z.object({ critical: z.number(), alphaEach: z.number() }).optional(),
  })
  .meta({ id: 'Adjusted' });

const effects = z
  .array(z.strictObject({ estimate: z.number(), standardError: positive }))
  .min(1)
  .max(1_000);
export const effectsBody = z
  .strictObject({
    effects,
    prior: z
      .strictObject({ mean: z.number().default(0), variance: z.number().min(0) })
      .optional()
      .meta({
        description: 'Of true effects; learnt from these effects (DerSimonian–Laird) when absent.',
      }),
    threshold: positive
      .default(1.959963984540054)
      .meta({ description: 'z beyond which an effect was selected as a win.' }),
    selection: z.enum(['two-sided', 'one-sided']).default('two-sided'),
  })
  .meta({ id: 'EffectsBody' });
export const effectsResult = z
  .object({
    pooled: z.object({ estimate: number, standardError: number }),
    heterogeneity: z.object({
      q: number,
      df: z.number(),
      pValue: number,
      i2: number,
      againstRest: family,
    }),
    prior: z.object({ mean: number, meanStandardError: number, variance: number }),
    shrunk: z.array(z.object({ estimate: number, standardDeviation: number })),
    impact: z
      .object({ product: number, standardDeviation: number, naive: number })
      .meta({ description: 'Π(1 + lift) − 1 over the shrunk lifts.' }),
    winners: z
      .object({
        selected: z.array(z.boolean()),
        naive: number,
        bias: number,
        corrected: number,
        estimates: family,
      })
      .meta({
        description:
          'Sum of the selected effects, and what selection added to it; estimates: each one’s conditional maximum likelihood, null for those not selected.',
      }),
    trend: z
      .object({ slope: number, standardError: number, z: number, pValue: number, mean: number })
      .meta({ description: 'By position, as of days since exposure: novelty.' }),
  })
  .meta({ id: 'EffectsResult' });

export const banditBody = z
  .strictObject({
    arms: z
      .array(z.strictObject({ mean: z.number(), sd: positive }))
      .min(2)
      .max(20)
      .optional(),
    floor: z
      .number()
      .min(0)
      .max(0.5)
      .optional()
      .meta({ description: 'Least share of an arm; max(1 %, 1 / (10 · arms)) when absent.' }),
    observations: z
      .array(
        z.strictObject({
          arm: z.int().min(0).max(100),
          propensity: z.number().gt(0).max(1),
          outcome: z.number(),
        }),
      )
      .max(50_000)
      .optional()
      .meta({
        description:
          'Logged units with the probability of what they got: adds means weighted by its inverse.',
      }),
  })
  .meta({ id: 'BanditBody' });
export const banditResult = z
  .object({
    best: z.array(z.number()).meta({ description: 'Probability to be best, by exact integrals.' }),
    thompson: z.array(z.number()),
    topTwo: z.array(z.number()),
    topTwoSameDraw: z.array(z.number()),
    means: z.array(z.object({ arm: z.int(), horvitzThompson: number, hajek: number })).optional(),
  })
  .meta({ id: 'BanditResult' });

export const trustBody = z
  .strictObject({
    successRate: share.default(0.1).meta({ description: 'Share of ideas that work.' }),
    alphaWin: share.default(0.025).meta({ description: 'One-sided level of a win.' }),
    power: share.default(0.8),
    pValue: share.optional(),
    nullPValues: z
      .array(z.number().min(0).max(1))
      .min(1)
      .max(20_000)
      .optional()
      .meta({ description: 'Of A/A tests: adds their calibration.' }),
    alpha: share.default(0.05),
    balance: z
      .strictObject({
        differences: z.array(z.number()).min(1).max(50),
        covariance: z.array(z.array(z.number())),
        units: positive,
        treatmentShare: share.default(0.5),
        accept: share
          .default(0.1)
          .meta({ description: 'Share of all seeds that are balanced enough.' }),
      })
      .optional()
      .meta({
        description:
          'Differences of pre-period means between variants: is this seed’s split balanced?',
      }),
  })
  .meta({ id: 'TrustBody' });
export const calibrationFigures = z.object({
  rejections: z.int(),
  falsePositiveRate: z.number(),
  low: z.number().meta({ description: '99 % interval of the false-positive rate, exact.' }),
  high: z.number(),
  pRate: z.number(),
  distance: z.number().meta({ description: 'Largest distance of the p-values from uniform.' }),
  uniformity: z.number().meta({ description: 'Its p-value (Kolmogorov–Smirnov).' }),
});
export const trustResult = z
  .object({
    falsePositiveRisk: z.number(),
    largestBayesFactor: z.number().optional(),
    leastFalsePositiveRisk: z.number().optional(),
    calibration: calibrationFigures.optional(),
    balance: z
      .object({
        distance: number,
        df: z.int(),
        pValue: number,
        threshold: number,
        balanced: z.boolean(),
      })
      .optional(),
  })
  .meta({ id: 'TrustResult' });

export const decisionBody = z
  .strictObject({
    successes: z
      .array(z.boolean())
      .meta({ description: 'Is each success metric significantly better?' }),
    guardrails: z
      .array(z.boolean())
      .default([])
      .meta({ description: 'Is each shown to be non-inferior?' }),
    deteriorations: z
      .array(z.boolean())
      .default([])
      .meta({ description: 'Is any metric significantly worse?' }),
    checks: z.array(z.boolean()).default([]).meta({ description: 'Did each quality check pass?' }),
    alpha: share.default(0.05),
    power: share.default(0.8),
  })
  .meta({ id: 'DecisionBody' });
export const decisionResult = z
  .object({
    decision: z.enum(['ship', 'invalid', 'deterioration', 'no_success', 'guardrail_not_proven']),
    alphaPerSuccess: z.number(),
    alphaPerGuardrail: z.number(),
    powerEach: z
      .number()
      .meta({ description: 'What each test is planned for, so that all of them hold together.' }),
  })
  .meta({ id: 'DecisionResult' });

export const valuesBody = z
  .strictObject({
    variants: z
      .record(z.string().max(100), z.array(z.number()).max(100_000))
      .meta({ description: 'One value for each unit.' }),
    quantiles: z.array(z.number().min(0).max(1)).max(100).default([]),
    alpha: share.default(0.05),
    cap: z
      .strictObject({ percentile: share, nonZeroOnly: z.boolean().default(true) })
      .optional()
      .meta({ description: 'Taken over all variants together, as a metric’s cap is.' }),
  })
  .meta({ id: 'ValuesBody' });
export const valuesResult = z
  .object({
    cap: number,
    variants: z.record(
      z.string(),
      z.object({
        n: z.int(),
        mean: number,
        variance: number,
        cappedShare: number,
        capped: z.array(z.number()).optional(),
        quantiles: z.array(
          z.object({
            q: z.number(),
            value: number.meta({ description: 'Type 7.' }),
            ranks: z.object({ low: z.int(), high: z.int(), coverage: z.number() }).nullable().meta({
              description:
                'Of the ordered values (1-based) that bound the quantile; null where none do.',
            }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'ValuesResult' });

export type DecisionBody = z.output<typeof decisionBody>;
export type DecisionResult = z.output<typeof decisionResult>;
export type ValuesBody = z.output<typeof valuesBody>;
export type ValuesResult = z.output<typeof valuesResult>;
export type AdjustBody = z.output<typeof adjustBody>;
export type Adjusted = z.output<typeof adjusted>;
export type EffectsBody = z.output<typeof effectsBody>;
export type EffectsResult = z.output<typeof effectsResult>;
export type BanditBody = z.output<typeof banditBody>;
export type BanditResult = z.output<typeof banditResult>;
export type TrustBody = z.output<typeof trustBody>;
export type TrustResult = z.output<typeof trustResult>;
export type SrmBody = z.output<typeof srmBody>;
export type SrmResult = z.output<typeof srmResult>;
