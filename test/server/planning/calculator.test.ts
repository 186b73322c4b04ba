import { describe, expect, it } from 'vitest';
import { srmBody } from '@assay/server/contract/calculator';
import { compareBody, comparison } from '@assay/server/contract/compare';
import { sampleRatioOf } from '@assay/server/planning/calculator';
import { calculate } from '@assay/server/planning/compare/compare';

const cookieCats = {
  kind: 'proportion',
  control: { n: 44_700, successes: 8_502 },
  treatment: { n: 45_489, successes: 8_279 },
};
const body = (more: Readonly<Record<string, unknown>>) =>
  compareBody.parse({ ...cookieCats, ...more });

describe('calculate', () => {
  it('reproduces the published retention of Cookie Cats, day 7', () => {
    const found = calculate(body({}));
    expect(comparison.parse(found)).toEqual(found);
    expect(found.pValue).toBeCloseTo(0.001556, 6);
    expect(found.relative?.estimate).toBeCloseTo(-0.0431, 4);
    expect(found.relative?.high).toBeLessThan(0);
  });

  it('takes means, ratios and covariates', () => {
    const mean = compareBody.parse({
      kind: 'mean',
      control: { n: 4, mean: 2, variance: 1 },
      treatment: { n: 4, mean: 4, variance: 1 },
    });
    // Welch with equal variances: t = 2 / √(1/4 + 1/4), 6 degrees of freedom.
    expect(calculate(mean).statistic).toBeCloseTo(2.8284271247461903, 12);
    expect(calculate(mean).df).toBeCloseTo(6, 12);
    const ratio = compareBody.parse({
      kind: 'ratio',
      control: {
        n: 100,
        numerator: { mean: 1, variance: 1 },
        denominator: { mean: 2, variance: 1 },
        covariance: 0.5,
      },
      treatment: {
        n: 100,
        numerator: { mean: 1.2, variance: 1 },
        denominator: { mean: 2, variance: 1 },
        covariance: 0.5,
      },
    });
    expect(calculate(ratio).absolute.estimate).toBeCloseTo(0.1, 12);
    const covariate = { mean: 1, variance: 1, covariance: 0.9 };
    const adjusted = compareBody.parse({
      kind: 'mean',
      control: { n: 2_000, mean: 2, variance: 1, covariate },
      treatment: { n: 2_000, mean: 2.1, variance: 1, covariate },
    });
    const found = calculate(adjusted);
    expect(found.notes).toContain('adjusted_lin');
    expect(found.standardError).toBeLessThan(Math.sqrt(2 / 2_000));
  });

  it.each([
    [
      'a proportion without counts',
      {
        kind: 'proportion',
        control: {
          n: 1,
          numerator: { mean: 1, variance: 1 },
          denominator: { mean: 1, variance: 1 },
          covariance: 0,
        },
      },
    ],
    ['a ratio without a denominator', { kind: 'ratio' }],
    [
      'looks that go back',
      { method: 'groupSequential', plannedUnits: 200_000, looks: [50_000, 40_000] },
    ],
    [
      'a look after the present one',
      { method: 'groupSequential', plannedUnits: 200_000, looks: [50_000, 100_000] },
    ],
  ])('refuses %s', (_, more) => {
    expect(() => calculate(body(more))).toThrow(expect.objectContaining({ code: 'invalid' }));
  });

  it('says when a group sequential test has no plan', () => {
    expect(calculate(body({ method: 'groupSequential' })).notes).toContain('unplanned');
  });

  it('narrows with the method: fixed, group sequential at its end, confidence sequence', () => {
    const plannedUnits = 90_189;
    const width = (method: string) => {
      const { low, high } = calculate(body({ method, plannedUnits })).absolute;
      return Number(high) - Number(low);
    };
    expect(width('groupSequential')).toBeCloseTo(width('fixed'), 6);
    expect(width('confidenceSequence')).toBeGreaterThan(width('fixed'));
  });

  it('answers a Bayesian view without a p-value', () => {
    const found = calculate(body({ method: 'bayesian', prior: { mean: 0, sd: 0.1 } }));
    expect(comparison.parse(found)).toEqual(found);
    expect(found.pValue).toBeNull();
    expect(found.probabilityBetter).toBeLessThan(0.01);
  });

  it.each([
    [
      { n: 0, successes: 0 },
      { n: 0, successes: 0 },
    ],
    [
      { n: 1, successes: 1 },
      { n: 1, successes: 0 },
    ],
    [
      { n: 10, successes: 20 },
      { n: 10, successes: 0 },
    ],
    [
      { n: 1e9, successes: 1e8 },
      { n: 1e9, successes: 100_100_000 },
    ],
  ])('answers null, never throws: %j against %j', (control, treatment) => {
    for (const method of ['fixed', 'confidenceSequence', 'groupSequential', 'bayesian']) {
      const found = calculate(body({ control, treatment, method, plannedUnits: 1_000_000_000 }));
      expect(comparison.parse(found)).toEqual(found);
    }
  });
});

describe('sampleRatioOf', () => {
  it('gives the caution of Cookie Cats', () => {
    const found = sampleRatioOf(
      srmBody.parse({
        counts: { gate_30: 44_700, gate_40: 45_489 },
        weights: { gate_30: 1, gate_40: 1 },
      }),
    );
    expect(found.pValue).toBeCloseTo(0.0086, 4);
    expect(found).toMatchObject({ df: 1, suspicious: false });
  });
  it('counts a variant that has no weight', () => {
    expect(
      sampleRatioOf({ counts: { a: 100, b: 100, c: 1 }, weights: { a: 1, b: 1 } }).suspicious,
    ).toBe(true);
  });
});
