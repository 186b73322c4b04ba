import { z } from 'zod';
import { share } from './common.ts';
import { interval } from './readout.ts';

const count = z.number().min(0).max(1e15);
const positive = z.number().gt(0);
const number = z.number().nullable();
const bounds = z.object({ low: number, high: number });
const column = z.strictObject({ mean: z.number(), variance: z.number().min(0) });
const covariate = z
  .strictObject({ mean: z.number(), variance: z.number().min(0), covariance: z.number() })
  .optional()
  .meta({ description: 'The same units before the experiment; covariance with the value.' });
const ratioCovariate = z
  .strictObject({
    numerator: column,
    denominator: column,
    covariance: z.number(),
    cross: z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])]).meta({
      description:
        'Covariances of now (rows: numerator, denominator) with before (columns: numerator, denominator).',
    }),
  })
  .optional();

export const sample = z
  .union([
    z.strictObject({ n: count, successes: count, covariate }),
    z.strictObject({ n: count, mean: z.number(), variance: z.number().min(0), covariate }),
    z.strictObject({
      n: count,
      numerator: column,
      denominator: column,
      covariance: z.number(),
      covariate: ratioCovariate,
    }),
    z.strictObject({ count, exposure: positive }),
    z.strictObject({ units: z.array(z.array(z.number()).max(100_000)).min(1).max(100_000) }),
    z.strictObject({
      n: count,
      below: column,
      events: column,
      covariance: z.number(),
      value: z.number().optional(),
      low: z.number().optional(),
      high: z.number().optional(),
    }),
  ])
  .meta({
    id: 'Sample',
    description:
      'Sufficient statistics of one variant; variances are sample variances (n − 1). ' +
      'proportion: n, successes. mean: n, mean, variance. ratio: n, numerator, denominator, covariance. ' +
      'rate: count of events over an exposure. quantile: units (the values of each unit), or per unit the number of events ' +
      'and of those at or below the quantile, with the quantile (value) and the values at its lower and upper rank (low, high).',
  });

const effect = z
  .strictObject({
    estimate: z.number(),
    standardError: positive,
    units: positive.optional().meta({ description: 'Of both variants so far.' }),
    df: positive.optional().meta({ description: 'Degrees of freedom; normal when absent.' }),
    sd: positive
      .optional()
      .meta({ description: 'Residual standard deviation of a unit, for anytimeT.' }),
    control: z
      .number()
      .optional()
      .meta({ description: 'The control’s value, taken as exact: gives lift and margin.' }),
  })
  .meta({ id: 'Effect', description: 'A difference that is known already, in place of samples.' });

const spending = z
  .union([z.enum(['obrienFleming', 'pocock']), z.strictObject({ power: positive })])
  .meta({ id: 'Spending', description: 'How alpha is spent; { "power": ρ } is α·t^ρ.' });
const tuning = z
  .strictObject({
    units: positive
      .optional()
      .meta({ description: 'Narrowest at so many units of both variants.' }),
    rho2: positive.optional().meta({ description: 'ρ² itself.' }),
    variance: positive.optional().meta({ description: 'Fixed mixture variance τ²: the mSPRT.' }),
    phi: positive
      .optional()
      .meta({ description: 'Prior precision in units of the residual variance, for anytimeT.' }),
    burnIn: z
      .boolean()
      .default(true)
      .meta({ description: 'Nothing is shown before 100 units (20 of either outcome) a variant.' }),
    history: z
      .array(z.strictObject({ units: positive, estimate: z.number(), standardError: positive }))
      .max(1_000)
      .optional()
      .meta({ description: 'Earlier looks, in order: running p-value and running intersection.' }),
  })
  .meta({ id: 'Tuning' });
const design = z
  .strictObject({
    win: spending.default('obrienFleming'),
    harm: spending.default('pocock'),
    direction: z
      .enum(['up', 'down'])
      .optional()
      .meta({ description: 'Which side is the win; up unless the alternative is less.' }),
    final: z
      .boolean()
      .default(false)
      .meta({ description: 'This look is the last: it spends all that is left.' }),
    bounds: z.array(positive).max(1_000).optional().meta({
      description:
        'Critical values of every look so far, where they were fixed by other means; for the inference after a stop.',
    }),
    drift: z.number().optional().meta({
      description:
        'Expected z at the planned end for the conditional power; the trend so far when absent.',
    }),
  })
  .meta({ id: 'Design' });
const prior = z
  .union([
    z.literal('flat'),
    z.strictObject({ mean: z.number().default(0), sd: positive }),
    z.strictObject({ a: positive, b: positive }),
    z.strictObject({ shape: positive, rate: positive }),
  ])
  .meta({
    id: 'Prior',
    description:
      'mean, sd: normal, of the relative lift (of the difference itself for an effect). a, b: beta, of either share. shape, rate: gamma, of either rate.',
  });

export const compareBody = z
  .strictObject({
    kind: z.enum(['proportion', 'mean', 'ratio', 'quantile', 'rate', 'effect']).meta({
      description: 'effect takes `effect`, every other kind two samples or `strata`.',
    }),
    method: z
      .enum(['fixed', 'confidenceSequence', 'msprt', 'anytimeT', 'groupSequential', 'bayesian'])
      .default('fixed'),
    alpha: share.default(0.05),
    alternative: z.enum(['two-sided', 'greater', 'less']).default('two-sided'),
    control: sample.optional(),
    treatment: sample.optional(),
    strata: z
      .array(z.strictObject({ control: sample, treatment: sample }))
      .min(1)
      .max(1_000)
      .optional()
      .meta({
        description:
          'Post-stratification (or periods of a bandit), in place of the two samples; proportion and mean.',
      }),
    effect: effect.optional(),
    test: z.enum(['auto', 't', 'z', 'pooled', 'fisher']).default('auto').meta({
      description:
        'p-value of the fixed method: Welch’s t, z, pooled z and Fisher’s exact test of shares. auto: t for means, z else, fisher below 10 successes or failures.',
    }),
    interval: z
      .enum(['auto', 'wald', 'newcombe', 'miettinenNurminen', 'agrestiCaffo'])
      .default('auto')
      .meta({
        description:
          'Of the difference of two shares. auto: wald, newcombe below 10 successes or failures.',
      }),
    lift: z
      .enum(['fieller', 'delta', 'log'])
      .default('fieller')
      .meta({ description: 'Interval of the relative lift.' }),
    adjustment: z.enum(['auto', 'none', 'pooled', 'joint', 'lin']).default('auto').meta({
      description:
        'What covariates are used for. pooled: one slope within variants (analysis of covariance, CUPED); joint: one slope over all units; lin: a slope per variant.',
    }),
    quantile: share
      .optional()
      .meta({ description: 'Which quantile, for kind quantile: 0.5 is the median.' }),
    plannedUnits: positive.max(1e15).optional().meta({
      description:
        'Planned total over both variants; 1 lets units and looks be information fractions.',
    }),
    looks: z
      .array(positive)
      .max(60)
      .optional()
      .meta({ description: 'Total units at each earlier look, in order.' }),
    tuning: tuning.optional(),
    design: design.optional(),
    prior: prior.optional(),
    rope: positive.optional().meta({
      description: 'Half-width of the region of practical equivalence, for the Bayesian view.',
    }),
    margin: z
      .strictObject({ relative: positive, direction: z.enum(['up', 'down']).default('up') })
      .optional()
      .meta({
        description:
          'Non-inferiority margin and which way is good: adds detail.margin. alpha is then one-sided.',
      }),
  })
  .meta({ id: 'CompareBody' });

const shares = z.object({
  standardErrorUnpooled: number,
  standardErrorPooled: number,
  zUnpooled: number,
  zPooled: number,
  pUnpooled: number,
  pPooled: number,
  chiSquare: number,
  pFisher: number,
  wald: bounds.nullable(),
  newcombe: bounds.nullable(),
  miettinenNurminen: bounds.nullable(),
  agrestiCaffo: bounds.nullable(),
  wilson: z.object({ control: bounds.nullable(), treatment: bounds.nullable() }),
});
const lift = z.object({
  estimate: number,
  standardError: number,
  fieller: bounds.nullable(),
  delta: bounds.nullable(),
  log: bounds.nullable(),
});
const adjustment = z.object({
  kind: z.string(),
  slopes: z.object({ control: number, treatment: number }),
  correlation: z.object({ control: number, treatment: number }).optional(),
  raw: z.object({ control: number, treatment: number, difference: number, standardError: number }),
  sample: z
    .object({
      standardError: number,
      z: number,
      pValue: number,
      low: number,
      high: number,
      varianceReduction: number,
      covariance: number.meta({ description: 'Of the two values.' }),
      lift: lift.nullable(),
    })
    .optional()
    .meta({
      description:
        'lin: the same for the units at hand alone; in front stands what holds for the population they were drawn from.',
    }),
});
const quantileSide = z.object({
  quantile: number,
  sigma: number.meta({ description: 'Standard error on the probability scale.' }),
  sigmaIndependent: number,
  designEffect: number,
  pLow: number,
  pHigh: number,
  low: number,
  high: number,
  standardError: number,
  events: number,
  units: number,
});
const side = z.object({
  information: z.array(number),
  critical: z.array(number).meta({ description: 'Null while nothing is spent.' }),
  spent: z.array(number),
  nominalP: z.array(number),
});
const afterStop = z.object({
  pValue: number,
  drift: z.object({ estimate: number, low: number, high: number }),
  effect: interval,
  naive: z.object({ pValue: number, drift: number }),
});
const posterior = z.object({
  mean: number,
  sd: number,
  low: number,
  high: number,
  probabilityBetter: number,
  lossIfShip: number,
  lossIfKeep: number,
  probabilityInRope: number.optional(),
  probabilityAboveRope: number.optional(),
  control: z.object({ a: number, b: number, mean: number, low: number, high: number }).optional(),
  treatment: z.object({ a: number, b: number, mean: number, low: number, high: number }).optional(),
});
const margin = z.object({
  nonInferior: z.boolean().nullable(),
  statistic: number,
  pNonInferior: number,
  margin: number.meta({
    description: 'Absolute; the difference, positive when good, is held against it.',
  }),
  bound: number.meta({ description: 'One-sided bound of the difference, positive when good.' }),
  worstLift: number,
  deteriorated: z.boolean().nullable(),
  pDeteriorated: number,
});
const sequencePoint = z.object({
  pValue: number,
  interval: bounds,
  runningPValue: number,
  runningInterval: bounds.nullable(),
});

export const compareDetail = z
  .object({
    control: number,
    treatment: number,
    varianceControl: number.meta({ description: 'Of the control’s value.' }),
    varianceTreatment: number,
    covariance: number,
    unitVarianceControl: number.optional().meta({ description: 'Of one unit.' }),
    unitVarianceTreatment: number.optional(),
    pGreater: number.optional(),
    pLess: number.optional(),
    z: z
      .object({ statistic: number, pValue: number, low: number, high: number })
      .nullable()
      .optional()
      .meta({ description: 'The same by the normal distribution.' }),
    lift: lift.nullable().optional().meta({ description: 'At the reach of the method.' }),
    liftZ: lift
      .nullable()
      .optional()
      .meta({ description: 'At the reach of the normal distribution.' }),
    shares: shares.optional(),
    adjustment: adjustment.optional(),
    strata: z.object({ standardErrorPopulation: number, pooledDifference: number }).optional(),
    quantile: z.object({ control: quantileSide, treatment: quantileSide }).optional(),
    sequence: z
      .object({
        rho2: number,
        ratio: number.meta({ description: 'Mixture variance ÷ squared standard error.' }),
        halfWidth: number,
        lnE: number,
        lnP: number,
        path: z.array(sequencePoint).optional(),
      })
      .optional(),
    anytimeT: z.object({ lnE: number, shrinkage: number }).optional(),
    group: z
      .object({
        information: number,
        up: side.nullable(),
        down: side.nullable(),
        afterStop: afterStop.nullable().meta({ description: 'If the test stopped here.' }),
        conditionalPower: z.object({ conditional: number, predictive: number }).nullable(),
      })
      .optional(),
    posterior: posterior.optional(),
    margin: margin.optional(),
  })
  .meta({ id: 'CompareDetail' });
export const comparison = z
  .object({
    absolute: interval,
    relative: interval.nullable(),
    pValue: number,
    log10PValue: number,
    statistic: number,
    df: number.optional(),
    probabilityBetter: number.optional(),
    expectedLoss: number.optional(),
    standardError: number,
    varianceReduction: number.optional(),
    notes: z.array(z.string()),
    detail: compareDetail,
  })
  .meta({ id: 'Comparison' });

export type Sample = z.output<typeof sample>;
export type CompareBody = z.output<typeof compareBody>;
export type Comparison = z.output<typeof comparison>;
export type CompareDetail = z.output<typeof compareDetail>;
