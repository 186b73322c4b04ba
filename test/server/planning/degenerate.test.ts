import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '@assay/server/errors';
import { compareBody } from '@assay/server/contract/compare';
import { planBody } from '@assay/server/contract/planning';
import { boundariesCall, compareCall, planCall, srmCall } from '../../support/api-oracles/call.ts';

const extreme = fc.constantFrom(0, 1, 2, 3, 10, 1e-300, 1e-9, 0.5, 100, 5_000, 1e9, 1e15);
const signed = fc.oneof(
  extreme,
  extreme.map((x) => -x),
  fc.constantFrom(1e300, -1e300, 1e154),
);
const column = fc.record({ mean: signed, variance: extreme });
const samples: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  proportion: fc.record({ n: extreme, successes: extreme }),
  mean: fc.record(
    {
      n: extreme,
      mean: signed,
      variance: extreme,
      covariate: fc.record({ mean: signed, variance: extreme, covariance: signed }),
    },
    { requiredKeys: ['n', 'mean', 'variance'] },
  ),
  ratio: fc.record({ n: extreme, numerator: column, denominator: column, covariance: signed }),
  quantile: fc.record({
    units: fc.array(fc.array(signed, { maxLength: 4 }), { minLength: 1, maxLength: 6 }),
  }),
  rate: fc.record({ count: extreme, exposure: extreme }),
};
const options = fc.record(
  {
    method: fc.constantFrom(
      'fixed',
      'confidenceSequence',
      'msprt',
      'anytimeT',
      'groupSequential',
      'bayesian',
    ),
    alternative: fc.constantFrom('two-sided', 'greater', 'less'),
    test: fc.constantFrom('auto', 't', 'z', 'pooled', 'fisher'),
    interval: fc.constantFrom('auto', 'wald', 'newcombe', 'miettinenNurminen', 'agrestiCaffo'),
    lift: fc.constantFrom('fieller', 'delta', 'log'),
    adjustment: fc.constantFrom('auto', 'none', 'pooled', 'joint', 'lin'),
    plannedUnits: extreme,
    tuning: fc.record({ variance: extreme, burnIn: fc.boolean() }),
    margin: fc.record({ relative: extreme }),
    prior: fc.constantFrom('flat', { sd: 0.1 }, { a: 1, b: 1 }, { shape: 1, rate: 1 }),
    rope: extreme,
  },
  { requiredKeys: ['method'] },
);

describe('degenerate inputs', () => {
  it.each(Object.entries(samples))('of a %s are answered or refused', (kind, sample) => {
    const bodies = fc
      .tuple(options, sample, sample)
      .map(([more, control, treatment]) =>
        Object.assign({ kind, quantile: 0.5 }, more, { control, treatment }),
      );
    expect(outcomes(bodies, compareBody, compareCall)).toEqual(new Set(['answered', 'refused']));
  });

  it('of an effect', () => {
    const effect = fc.record(
      {
        estimate: signed,
        standardError: extreme,
        units: extreme,
        df: extreme,
        sd: extreme,
        control: signed,
      },
      { requiredKeys: ['estimate', 'standardError'] },
    );
    const bodies = fc
      .tuple(options, effect)
      .map(([more, one]) => Object.assign({ kind: 'effect' }, more, { effect: one }));
    expect(outcomes(bodies, compareBody, compareCall)).toEqual(new Set(['answered', 'refused']));
  });

  it('of a plan', () => {
    const plans = fc.record(
      {
        kind: fc.constantFrom('proportion', 'mean', 'ratio'),
        baseline: fc.oneof(
          fc.record({ rate: fc.constantFrom(1e-9, 0.001, 0.5, 0.999) }),
          fc.record({ mean: signed, variance: extreme }),
        ),
        mde: fc.oneof(fc.record({ relative: signed }), fc.record({ absolute: signed })),
        units: fc.array(extreme, { minLength: 2, maxLength: 3 }),
        test: fc.constantFrom('unpooled', 'pooled', 'arcsine', 't'),
        method: fc.constantFrom('fixed', 'sequential', 'confidenceSequence'),
        tunedTo: extreme,
        margin: extreme,
        trueLift: signed,
        unitsPerDay: extreme,
        correction: fc.constantFrom('bonferroni', 'dunnett', 'none'),
      },
      { requiredKeys: ['kind', 'baseline'] },
    );
    expect(outcomes(plans, planBody, planCall)).toEqual(new Set(['answered', 'refused']));
  });

  it('of a split and of bounds', () => {
    expect(srmCall({ counts: { a: 0, b: 0 }, weights: { a: 1, b: 1 } })).toMatchObject({
      pValue: null,
    });
    expect(srmCall({ looks: [{ a: 1, c: 1 }], weights: { a: 1, b: 1 } })).toMatchObject({
      suspicious: true,
      looks: [{ lnBayesFactor: null, pValue: 0 }],
    });
    expect(boundariesCall({ looks: 1, alpha: 0.999 }).critical).toHaveLength(1);
  });
});

/** A refusal says `invalid`; whatever else is thrown, and an answer that does not fit its schema, is a fault. */
function outcome(call: () => unknown): string {
  try {
    call();
    return 'answered';
  } catch (error) {
    return error instanceof AppError && error.code === 'invalid' ? 'refused' : String(error);
  }
}

/** What became of many bodies, those that their schema refuses left out. */
function outcomes(
  bodies: fc.Arbitrary<object>,
  schema: { safeParse(body: unknown): { readonly success: boolean } },
  call: (body: unknown) => unknown,
): ReadonlySet<string> {
  const valid = fc
    .sample(bodies, { numRuns: 600, seed: 5 })
    .filter((b) => schema.safeParse(b).success);
  return new Set(valid.map((body) => outcome(() => call(body))));
}
