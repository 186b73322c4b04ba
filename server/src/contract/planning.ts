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
    mde: z
      .union([
        z.strictObject({ relative: z.number().refine((x) => x !== 0) }),
        z.strictObject({ absolute: z.number() }),
      ])
      .optional()
      .meta({
        description:
          'The effect to find. Not needed with a margin, nor with `units`: then it is the smallest that they find.',
      }),
    units: z.array(positive).min(2).max(20).optional().meta({
      description: 'Units per variant that are given, control first: power and MDE of these.',
    }),
    test: z.enum(['unpooled', 'pooled', 'arcsine', 't']).optional().meta({
      description:
        'unpooled z unless said. pooled (R’s power.prop.test) and arcsine: two equal shares; t: exact, two means of one variance.',
    }),
    farTail: z
      .boolean()
      .optional()
      .meta({ description: 'False leaves the far tail of a two-sided test out of its power.' }),
    correction: z.enum(['bonferroni', 'dunnett', 'none']).optional().meta({
      description: 'How alpha is shared by the treatments; bonferroni unless said.',
    }),
    comparisons: z
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'That share alpha; the treatments when absent.' }),
    jointTests: z.int().min(1).max(1_000).optional().meta({
      description:
        'Tests that must all succeed (guardrails + 1): each is planned for power 1 − β ÷ this.',
    }),
    tunedTo: positive.optional().meta({
      description:
        'confidenceSequence: narrowest at so many units in all; half the plan when absent.',
    }),
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
    trueLift: z.number().optional().meta({
      description: 'With a margin: the relative lift that is there in truth; 0 when absent.',
    }),
    unitsPerDay: positive.optional().meta({ description: 'New eligible units a day.' }),
    exposure: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .meta({ description: 'Share of eligible units that the experiment takes; 1 when absent.' }),
    minDays: z.int().min(1).max(400).optional().meta({ description: '7 when absent.' }),
    roundToDays: z
      .int()
      .min(1)
      .max(400)
      .optional()
      .meta({ description: 'Days are rounded up to a multiple; 7 when absent.' }),
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
    exact: z.array(z.number()).meta({ description: 'Units per variant before rounding up.' }),
    exactTotal: z.number(),
    fixedTotal: z.number().meta({ description: 'exactTotal of the test that is looked at once.' }),
    mde: z
      .object({
        absolute: z.number().nullable(),
        relative: z.number().nullable(),
        absoluteAtBaseline: z
          .number()
          .nullable()
          .meta({ description: 'With the treatment taken to vary as the control does.' }),
      })
      .meta({
        description:
          'Smallest effect that these units find with the wanted power; null when none in range.',
      }),
    alphaEach: z.number().meta({ description: 'Level of one comparison.' }),
    bestControlShare: z.number().meta({
      description: 'Share of all units for the control that makes the comparisons most precise.',
    }),
    rho2: z.number().optional().meta({ description: 'Tuning of the confidence sequence.' }),
    rawDays: z
      .number()
      .nullable()
      .optional()
      .meta({ description: 'Days before rounding, without maturation.' }),
    inflation: z.number().meta({ description: 'Sample size ÷ that of the fixed-horizon test.' }),
    notes: z.array(z.string()),
  })
  .meta({ id: 'Plan' });
export const simulateBody = planBody
  .extend({
    runs: z.int().min(100).max(50_000).default(10_000),
    seed: z.int().min(0).max(4_294_967_295).default(1),
  })
  .meta({ id: 'SimulateBody' });
const rate = z
  .object({ value: z.number(), low: z.number(), high: z.number() })
  .meta({ id: 'SimulatedRate', description: 'With its exact 95 % interval.' });
export const simulation = z
  .object({
    unitsPerVariant: z.array(z.number()),
    runs: z.int(),
    seed: z.int(),
    power: rate.meta({ description: 'Runs with the true effect that end as a win.' }),
    falsePositives: rate.meta({
      description: 'Runs without any effect that end significant, on either side.',
    }),
    harmed: rate.meta({ description: 'Runs with the true effect that end as a loss.' }),
    peekingFalsePositives: rate.meta({
      description: 'The same runs without an effect, judged at every look by the fixed test.',
    }),
    expectedUnits: z.number().meta({ description: 'At the stop, with the true effect.' }),
    expectedDays: z.number().nullable(),
    exaggeration: z
      .number()
      .nullable()
      .meta({ description: 'Mean estimate of the runs that won ÷ the true effect.' }),
    looks: z.array(
      z.object({
        units: z.number(),
        information: z.number(),
        win: z
          .number()
          .nullable()
          .meta({ description: 'Critical z; null while nothing is spent.' }),
        harm: z.number().nullable(),
        won: z.number().meta({ description: 'Share of runs won so far.' }),
        falsePositives: z.number(),
      }),
    ),
  })
  .meta({ id: 'Simulation' });

const spending = z.union([
  z.enum(['obrienFleming', 'pocock']),
  z.strictObject({ power: positive }),
]);
export const boundariesBody = z
  .strictObject({
    spending: spending.optional().meta({ description: 'Lan–DeMets; { "power": ρ } is α·t^ρ.' }),
    shape: z.number().min(-1).max(1).optional().meta({
      description: 'Wang–Tsiatis, exact: 0 is O’Brien–Fleming, 0.5 Pocock; in place of spending.',
    }),
    critical: z
      .array(positive)
      .max(200)
      .optional()
      .meta({ description: 'Bounds that are given, in place of spending: what do they spend?' }),
    alpha: share.default(0.05).meta({ description: 'Of all sides together.' }),
    sides: z.union([z.literal(1), z.literal(2)]).default(2),
    information: z
      .array(positive)
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Units at each look ÷ planned units, ascending.' }),
    looks: z
      .int()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'Evenly spaced, in place of information.' }),
    clock: z.array(positive).max(200).optional().meta({
      description: 'When alpha is spent, if not by information; 1 at the last look.',
    }),
    power: share.default(0.8),
  })
  .meta({ id: 'BoundariesBody' });
export const boundaries = z
  .object({
    information: z.array(z.number()),
    critical: z
      .array(z.number().nullable())
      .meta({ description: 'Null where nothing is spent yet.' }),
    spent: z.array(z.number()).meta({ description: 'Cumulative, per side.' }),
    nominalP: z.array(z.number()).meta({ description: 'One-sided.' }),
    falsePositives: z.number().meta({ description: 'Over all looks and sides.' }),
    cost: z
      .object({
        inflation: z.number(),
        drift: z.number(),
        cumulativePower: z.array(z.number()),
        expectedInformation: z.number(),
      })
      .nullable()
      .meta({
        description: 'At the wanted power, towards one side: sample size ÷ that of one look.',
      }),
  })
  .meta({ id: 'Boundaries' });
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
export type SimulateBody = z.output<typeof simulateBody>;
export type Simulation = z.output<typeof simulation>;
export type BoundariesBody = z.output<typeof boundariesBody>;
export type Boundaries = z.output<typeof boundaries>;
