import { z } from 'zod';
import { experiment } from './definitions.ts';
import { key, time } from './common.ts';
import { readoutInputs } from './readout-inputs.ts';

const number = z.number().nullable();
export const interval = z.object({ estimate: number, low: number, high: number }).meta({
  id: 'Interval',
  description: 'A bound is null where the method leaves that side open or undefined.',
});
/** Codes, never sentences: the console words them in both languages. */
const note = z.string();

export const check = z.object({
  id: z.enum([
    'srm',
    'crossover',
    'prePeriod',
    'dataFresh',
    'wholeWeeks',
    'strangers',
    'rejected',
    'sample',
  ]),
  status: z.enum(['ok', 'warn', 'fail']),
  value: number,
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export const metricResult = z.object({
  variant: key,
  n: z.int(),
  value: number,
  /** Sum of the metric over the units (successes of a proportion, money of a mean). */
  total: number,
  absolute: interval,
  relative: interval.nullable(),
  /** The 50 % and 80 % intervals of the lift that the graded bar draws inside the main one. */
  inner: z.object({ p50: interval, p80: interval }).nullable(),
  pValue: number,
  adjustedPValue: number.optional(),
  probabilityBetter: number.optional(),
  expectedLoss: number.optional(),
  /** The lift pulled towards the prior: what to expect after launch. Not an estimate to decide by. */
  shrunk: interval.nullable().optional(),
  /** Chance that a win with this p-value is false, if one idea in ten works. */
  falsePositiveRisk: number.optional(),
  standardError: number,
  statistic: number,
  df: number.optional(),
  status: z.enum([
    'better',
    'worse',
    'neutral',
    'insufficient',
    'safe',
    'not_proven',
    'harmed',
    'improved',
  ]),
  /** After a group sequential bound is crossed: median-unbiased, where the plain estimate exaggerates. */
  afterStop: z
    .object({ absolute: interval, relative: interval.nullable(), pValue: number })
    .optional(),
  /** Guardrails: the least favourable lift that the non-inferiority test cannot rule out. */
  worst: number.optional(),
  /** The same comparison without the cap, where the metric has one. */
  uncapped: z.object({ absolute: interval, relative: interval.nullable() }).optional(),
  notes: z.array(note),
});
export const metricReadout = z
  .object({
    metric: key,
    name: z.string(),
    role: z.enum(['primary', 'secondary', 'guardrail']),
    kind: z.enum(['proportion', 'mean', 'count', 'ratio', 'retention', 'funnel', 'quantile']),
    direction: z.enum(['up', 'down']),
    unitOfMeasure: z.string().optional(),
    margin: z.number().optional(),
    /** Estimator that made the figures: welch, unpooled, newcombe, delta, cuped …, with the interval's kind. */
    method: z.object({
      estimator: z.string(),
      interval: z.enum(['fixed', 'confidenceSequence', 'groupSequential', 'bayesian']),
      cuped: z.boolean(),
      /** Of the main interval: 0.95; 0.9 for a guardrail (its test is one-sided), more when several share alpha. */
      level: z.number().optional(),
    }),
    cap: z.object({ at: z.number(), units: z.int() }).nullable(),
    /** How much of the planned precision is there: units per variant ÷ planned, null without a plan. */
    precision: number,
    matured: z
      .number()
      .nullable()
      .meta({ description: 'Share of exposed units whose window has passed.' }),
    control: z.object({ variant: key, n: z.int(), value: number, total: number }),
    results: z.array(metricResult),
  })
  .meta({ id: 'MetricReadout' });
export const verdict = z
  .object({
    decision: z.enum(['ship', 'rollback', 'continue', 'inconclusive', 'invalid']),
    variant: key.optional(),
    reasons: z.array(
      z.object({
        code: z.string(),
        metric: z.string().optional(),
        variant: z.string().optional(),
        value: number.optional(),
        bound: number.optional(),
      }),
    ),
  })
  .meta({ id: 'Verdict' });
export const readout = z
  .object({
    experiment: key,
    name: z.string(),
    status: experiment.shape.status,
    asOf: time,
    phase: z.int(),
    method: z.enum(['fixed', 'confidenceSequence', 'groupSequential', 'bayesian']),
    alpha: z.number(),
    reading: z.enum(['all', 'matured']),
    units: z.record(z.string(), z.int()),
    plannedUnitsPerVariant: z.int().nullable(),
    day: z.number().meta({ description: 'Days since start, fractional.' }),
    plannedDays: z.number().nullable(),
    srm: z.object({
      pValue: number,
      log10PValue: number,
      chiSquare: number,
      suspicious: z.boolean(),
      expected: z.record(z.string(), z.number()),
    }),
    checks: z.array(check),
    verdict,
    /** Group sequential: the look that the metrics are read at; units and checks are as of now. Null before the first. */
    look: z
      .object({
        number: z.int(),
        at: time,
        final: z.boolean(),
        /** Of the planned units, at this look and at the next; no next after the last. */
        fraction: z.number(),
        next: z.number().nullable(),
      })
      .nullable()
      .optional(),
    lastEvent: time.nullable(),
    metrics: z.array(metricReadout),
    inputs: readoutInputs.optional().meta({ description: 'With explain=1, and in JSON exports.' }),
  })
  .meta({ id: 'Readout' });
export const readoutQuery = z.object({
  method: z.enum(['sequential', 'fixed', 'bayesian']).optional(),
  diff: z.enum(['relative', 'absolute']).optional(),
  vs: key.optional().meta({ description: 'Baseline variant; the control when absent.' }),
  cuped: z.enum(['true', 'false']).optional(),
  reading: z.enum(['all', 'matured']).optional(),
  phase: z.coerce.number().int().min(1).optional(),
  from: time.optional(),
  to: time.optional(),
  explain: z.literal('1').optional().meta({ description: 'Add everything it was computed from.' }),
});

export const seriesQuery = z.object({
  metric: key,
  by: z.enum(['cumulative', 'cohort']).default('cumulative'),
  vs: key.optional(),
});
export const series = z
  .object({
    metric: key,
    by: z.enum(['cumulative', 'cohort']),
    days: z.array(
      z.object({
        day: z.string(),
        units: z.record(z.string(), z.int()),
        results: z.array(
          z.object({
            variant: key,
            value: number,
            relative: interval.nullable(),
            relative80: interval.nullable(),
            absolute: interval,
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Series' });

export const breakdownQuery = z.object({
  by: z.string().max(401),
  metric: key.optional(),
  vs: key.optional(),
});
export const breakdown = z
  .object({
    metric: key,
    by: z.array(z.string()),
    /** Cochran's Q over the slices: does the effect differ? */
    differs: z.array(z.object({ variant: key, q: number, df: z.int(), pValue: number })),
    slices: z.array(
      z.object({
        slice: z.array(z.string()),
        share: z.number(),
        units: z.record(z.string(), z.int()),
        /** Sample ratio within the slice, corrected for the number of slices: the one that carries an imbalance is its diagnosis. */
        srm: number.optional(),
        results: z.array(
          z.object({
            variant: key,
            value: number,
            absolute: interval,
            relative: interval.nullable(),
            pValue: number,
            notes: z.array(z.string()),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Breakdown' });

export const health = z
  .object({
    srm: readout.shape.srm,
    checks: z.array(check),
    byDay: z.array(
      z.object({ day: z.string(), units: z.record(z.string(), z.int()), pValue: number }),
    ),
    /** The primary's effect by day since exposure; moving when its slope is not chance (p < .01): then run longer. */
    novelty: z
      .array(
        z.object({
          metric: key,
          variant: key,
          days: z.array(z.object({ day: z.int(), effect: interval })),
          slope: z.number(),
          pValue: z.number(),
          moving: z.boolean(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Health' });

export type Readout = z.output<typeof readout>;
export type MetricReadout = z.output<typeof metricReadout>;
export type MetricResult = z.output<typeof metricResult>;
export type Interval = z.output<typeof interval>;
export type Check = z.output<typeof check>;
export type Verdict = z.output<typeof verdict>;
export type Series = z.output<typeof series>;
export type Breakdown = z.output<typeof breakdown>;
export type Health = z.output<typeof health>;
