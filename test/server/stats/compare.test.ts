import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Pair } from '@assay/server/stats/compare';
import type { Comparison, CompareOptions, Method } from '@assay/server/stats/comparison';
import { merge, type Moments } from '@assay/server/stats/moments';

/** Moments of listed units, the slow and plain way. */
function momentsOf(units: readonly (readonly number[])[]): Moments {
  return units
    .map((unit): Moments => ({ n: 1, mean: unit, comoment: triangle(unit.length) }))
    .reduce(merge);
}
const triangle = (k: number): number[] => Array.from({ length: (k * (k + 1)) / 2 }, () => 0);
const shares = (n: number, successes: number): Moments => ({
  n,
  mean: [successes / n],
  comoment: [successes * (1 - successes / n)],
});
const means = (n: number, average: number, variance: number): Moments => ({
  n,
  mean: [average],
  comoment: [variance * (n - 1)],
});

const methods: readonly Method[] = [
  { kind: 'fixed' },
  { kind: 'confidenceSequence', tunedTo: 5_000 },
  { kind: 'groupSequential', looks: [0.2, 0.4, 0.6], direction: 'up' },
  { kind: 'bayesian', prior: { mean: 0, sd: 0.1 } },
];
const unit = fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100);
const sample = fc
  .array(unit, { minLength: 3, maxLength: 40 })
  .filter((values) => new Set(values).size > 1);

describe('published experiments', () => {
  it.each([
    // Cookie Cats: unpooled z of day-1 and day-7 retention.
    [44_700, 20_034, 45_489, 20_119, -0.0132, 0.0744],
    [44_700, 8_502, 45_489, 8_279, -0.0431, 0.001556],
  ])('of %j of %j against %j of %j', (...row) => {
    const [nA, xA, nB, xB, lift, p] = row;
    const found = compare(
      { shape: 'proportion', control: shares(nA, xA), treatment: shares(nB, xB) },
      { alpha: 0.05 },
    );
    expect(found.relative?.estimate).toBeCloseTo(lift, 4);
    expect(found.pValue).toBeCloseTo(p, p < 0.01 ? 6 : 4);
    expect(found.notes).toEqual([]);
  });

  it('takes Newcombe and Fisher below ten of either outcome', () => {
    const found = compare(
      { shape: 'proportion', control: shares(10, 1), treatment: shares(11, 8) },
      { alpha: 0.05 },
    );
    expect(found.pValue).toBeCloseTo(0.007518796992481203, 14);
    expect(found.notes).toContain('small_counts');
    expect(found.absolute.low).toBeGreaterThan(0);
  });
});

describe('identities', () => {
  it('swapping the variants flips the signs', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(...methods.slice(0, 2)), (a, b, method) => {
        const control = momentsOf(a.map((y) => [y]));
        const treatment = momentsOf(b.map((y) => [y]));
        const options: CompareOptions = { alpha: 0.05, method };
        const forth = compare({ shape: 'mean', control, treatment }, options);
        const back = compare({ shape: 'mean', control: treatment, treatment: control }, options);
        expect(isClose(back.absolute.estimate, negative(forth.absolute.estimate))).toBe(true);
        expect(isClose(back.absolute.low, negative(forth.absolute.high))).toBe(true);
        expect(isClose(back.absolute.high, negative(forth.absolute.low))).toBe(true);
        expect(isClose(back.pValue, forth.pValue)).toBe(true);
      }),
    );
  });

  it('merged moments give what pooled data give', () => {
    fc.assert(
      fc.property(sample, sample, sample, (a, b, c) => {
        const whole = momentsOf([...a, ...b].map((y) => [y]));
        const parts = merge(momentsOf(a.map((y) => [y])), momentsOf(b.map((y) => [y])));
        const treatment = momentsOf(c.map((y) => [y]));
        const left = compare({ shape: 'mean', control: whole, treatment }, { alpha: 0.05 });
        const right = compare({ shape: 'mean', control: parts, treatment }, { alpha: 0.05 });
        expect(left.standardError).toBeCloseTo(right.standardError ?? Number.NaN, 9);
        expect(left.absolute.estimate).toBeCloseTo(right.absolute.estimate ?? Number.NaN, 9);
      }),
    );
  });

  it('money in another currency scales the interval and keeps lift and p-value', () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (a, b, rate) => {
        const at = (k: number): Comparison =>
          compare(
            {
              shape: 'mean',
              control: momentsOf(a.map((y) => [y * k])),
              treatment: momentsOf(b.map((y) => [y * k])),
            },
            { alpha: 0.05 },
          );
        const one = at(1);
        const other = at(rate);
        expect(isClose(other.absolute.low, scaled(one.absolute.low, rate), 1e-8)).toBe(true);
        expect(isClose(other.absolute.high, scaled(one.absolute.high, rate), 1e-8)).toBe(true);
        expect(isClose(other.pValue, one.pValue, 1e-7)).toBe(true);
      }),
    );
  });

  it('a covariate that is the same for everybody changes nothing', () => {
    fc.assert(
      fc.property(sample, sample, unit, (a, b, x) => {
        const pair = (columns: (y: number) => number[]): Pair => ({
          shape: 'mean',
          control: momentsOf(a.map(columns)),
          treatment: momentsOf(b.map(columns)),
        });
        const raw = compare(
          pair((y) => [y]),
          { alpha: 0.05 },
        );
        const adjusted = compare(
          pair((y) => [y, x]),
          { alpha: 0.05 },
        );
        expect(adjusted.notes).toContain('covariate_constant');
        expect({ ...adjusted, notes: [] }).toEqual({ ...raw, notes: [] });
      }),
    );
  });

  it('the lift leaves out 0 exactly when the absolute interval does, and p agrees', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 100, noNaN: true }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.constantFrom(...methods.slice(0, 3)),
        (base, lift, variance, method) => {
          const found = compare(
            {
              shape: 'mean',
              control: means(500, base, variance),
              treatment: means(700, base * (1 + lift), variance),
            },
            { alpha: 0.05, method },
          );
          if (found.relative === null) return;
          const outside = (i: Comparison['absolute']): boolean =>
            (i.low ?? -Infinity) > 0 || (i.high ?? Infinity) < 0;
          expect(outside(found.relative)).toBe(outside(found.absolute));
          const p = found.pValue ?? 1;
          expect(p < 0.05 || Math.abs(p - 0.05) < 1e-9).toBe(
            outside(found.absolute) || Math.abs(p - 0.05) < 1e-9,
          );
        },
      ),
    );
  });

  it('a covariate without any relation is left out, a strong one narrows the interval', () => {
    const pair = (covariance: number): Pair => ({
      shape: 'mean',
      control: { n: 2_000, mean: [10, 5], comoment: [2_000, covariance, 2_000] },
      treatment: { n: 2_000, mean: [10.1, 5], comoment: [2_000, covariance, 2_000] },
    });
    expect(compare(pair(0), { alpha: 0.05 }).notes).toContain('covariate_weak');
    const strong = compare(pair(1_600), { alpha: 0.05 });
    expect(strong.notes).toContain('adjusted_lin');
    // Correlation 0.8 leaves 1 − 0.64 of the variance.
    expect(strong.varianceReduction).toBeCloseTo(0.64, 6);
  });
});

describe('degenerate inputs answer null with a reason', () => {
  const ordinary = means(100, 10, 4);
  const cases: readonly [string, Pair, string][] = [
    ['nobody in a variant', mean(means(0, 0, 0), ordinary), 'too_few_units'],
    ['one unit', mean(means(1, 3, 0), ordinary), 'too_few_units'],
    ['no variance', mean(means(50, 3, 0), means(50, 4, 0)), 'zero_variance'],
    ['NaN', mean(means(50, Number.NaN, 1), ordinary), 'not_finite'],
    ['an infinite variance', mean(means(50, 3, Infinity), ordinary), 'not_finite'],
    ['1e300 squared', mean(momentsOf([[1e300], [-1e300], [3]]), ordinary), 'not_finite'],
    [
      'more successes than units',
      { shape: 'proportion', control: shares(10, 12), treatment: shares(10, 3) },
      'invalid_counts',
    ],
    [
      'a ratio over nothing',
      {
        shape: 'ratio',
        control: { n: 10, mean: [1, 0], comoment: [1, 0, 0] },
        treatment: { n: 10, mean: [1, 1], comoment: [1, 0, 1] },
      },
      'zero_denominator',
    ],
  ];

  describe.each(methods)('$kind', (method) => {
    it.each(cases)('%s', (_, pair, note) => {
      const found = compare(pair, { alpha: 0.05, method });
      expect(found.notes).toContain(note);
      expect(found.pValue).toBeNull();
      expect(found.standardError).toBeNull();
      expect(found.absolute.low).toBeNull();
      expect(found.absolute.high).toBeNull();
      expect(isSerialisable(found)).toBe(true);
    });
  });

  it('a baseline of zero keeps the absolute effect and has no lift', () => {
    const found = compare(mean(means(100, 0, 1), means(100, 1, 1)), { alpha: 0.05 });
    expect(found.absolute.estimate).toBe(1);
    expect(found.absolute.low).toBeGreaterThan(0);
    expect(found.relative).toBeNull();
    expect(found.notes).toContain('zero_baseline');
  });

  it('a baseline hidden in its noise has an unbounded lift', () => {
    const found = compare(mean(means(30, 0.2, 9), means(30, 1.5, 9)), { alpha: 0.05 });
    expect(found.relative).toBeNull();
    expect(found.notes).toContain('noisy_baseline');
    expect(found.pValue).not.toBeNull();
  });

  it('one unit with all the revenue is still a number', () => {
    const whale = momentsOf([...Array.from({ length: 99 }, () => [0]), [1e6]]);
    const found = compare(mean(momentsOf(Array.from({ length: 100 }, (_, i) => [i % 2])), whale), {
      alpha: 0.05,
    });
    expect(found.pValue).toBeGreaterThan(0.3);
    expect(isSerialisable(found)).toBe(true);
  });

  it('a p-value below the smallest double is told by its logarithm', () => {
    const found = compare(mean(means(5e8, 10, 1), means(5e8, 11, 1)), { alpha: 0.05 });
    expect(found.pValue).toBe(0);
    expect(found.log10PValue).toBeLessThan(-1e7);
    expect(isSerialisable(found)).toBe(true);
  });

  it('nothing is shown of a confidence sequence before 100 units and 20 conversions', () => {
    const method: Method = { kind: 'confidenceSequence' };
    const early = compare(
      { shape: 'proportion', control: shares(1_000, 19), treatment: shares(1_000, 30) },
      { alpha: 0.05, method },
    );
    expect(early.notes).toContain('burn_in');
    expect(early.absolute.estimate).toBeCloseTo(0.011, 12);
    expect(early.absolute.low).toBeNull();
    expect(compare(mean(means(99, 1, 1), ordinary), { alpha: 0.05, method }).notes).toContain(
      'burn_in',
    );
  });

  it('never throws and never answers NaN, whatever the numbers', () => {
    const any = fc.double();
    const wild = fc.record({ n: fc.nat(1_000), mean: any, variance: any });
    fc.assert(
      fc.property(
        wild,
        wild,
        fc.constantFrom(...methods),
        fc.constantFrom('mean' as const, 'proportion' as const),
        (a, b, method, shape) => {
          const control = { n: a.n, mean: [a.mean], comoment: [a.variance] };
          const treatment = { n: b.n, mean: [b.mean], comoment: [b.variance] };
          expect(
            isSerialisable(compare({ shape, control, treatment }, { alpha: 0.05, method })),
          ).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

function mean(control: Moments, treatment: Moments): Pair {
  return { shape: 'mean', control, treatment };
}

/** JSON keeps every number: no NaN and no infinity anywhere. */
function isSerialisable(found: Comparison): boolean {
  const told = JSON.stringify(found, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'lost' : value,
  );
  return !told.includes('lost');
}

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}
function scaled(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}
function isClose(got: number | null, wanted: number | null, rel = 1e-10): boolean {
  if (got === null || wanted === null) return got === wanted;
  return Math.abs(got - wanted) <= rel * Math.max(Math.abs(wanted), 1e-6);
}
