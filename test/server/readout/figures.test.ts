import { describe, expect, it } from 'vitest';
import { figures } from '@assay/server/readout/figures';
import { aMetric, conversion } from './given.ts';

const row = (moments: { n: number; mean: number[]; comoment: number[] }) => ({
  metric: 'm',
  variant: 'a',
  moments,
});

describe('figures', () => {
  it('takes a proportion as it is', () => {
    const moments = { n: 10, mean: [0.3], comoment: [2.1] };
    expect(figures(conversion, row(moments))).toEqual({
      n: 10,
      value: 0.3,
      total: 3,
      rarer: 3,
      shape: 'proportion',
      moments,
    });
  });

  it('divides the sums of a ratio', () => {
    const metric = aMetric({
      key: 'm',
      kind: 'ratio',
      numerator: { event: 'click' },
      denominator: { event: 'view' },
    });
    const found = figures(metric, row({ n: 4, mean: [1, 2], comoment: [2, 1, 2] }));
    expect(found).toMatchObject({ n: 4, value: 0.5, total: 4, shape: 'ratio', rarer: null });
    expect(figures(metric, row({ n: 4, mean: [0, 0], comoment: [0, 0, 0] })).value).toBeNull();
  });

  it('keeps only matured units of a retention, above and below', () => {
    const metric = aMetric({ key: 'm', kind: 'retention', event: 'e', fromDay: 7, toDay: 8 });
    // 8 of 10 units matured, 2 of them came back.
    const found = figures(metric, row({ n: 10, mean: [0.2, 0.8], comoment: [1.6, 0.4, 1.6] }));
    expect(found).toMatchObject({ n: 8, value: 0.25, total: 2, rarer: 2 });
    expect(found.moments).toEqual({ n: 8, mean: [0.25], comoment: [1.5] });
  });

  it('reads a funnel as its last step over exposed units', () => {
    const metric = aMetric({ key: 'm', kind: 'funnel', steps: [{ event: 'v' }, { event: 'p' }] });
    const found = figures(metric, row({ n: 10, mean: [0.5, 0.2], comoment: [2.5, 1, 1.6] }));
    expect(found).toMatchObject({ n: 10, value: 0.2, total: 2, shape: 'proportion' });
  });

  it('gives a quantile the standard error that its interval implies', () => {
    const metric = aMetric({ key: 'm', kind: 'quantile', event: 'load', q: 0.5 });
    const found = figures(metric, {
      ...row({ n: 100, mean: [5, 10], comoment: [1, 1, 1] }),
      quantile: { value: 40, low: 40 - 1.959963984540054, high: 40 + 1.959963984540054 },
    });
    expect(found).toMatchObject({ n: 100, value: 40, total: 1_000, shape: 'ratio' });
    // SE 1: the variance of a unit is n, the sum of squares n (n − 1).
    expect(found.moments.mean).toEqual([40, 1]);
    expect(found.moments.comoment[0]).toBeCloseTo(9_900, 6);
  });

  it.each([
    { key: 'm', kind: 'proportion', event: 'e' },
    { key: 'm', kind: 'count', event: 'e' },
    { key: 'm', kind: 'ratio', numerator: { event: 'e' }, denominator: { event: 'f' } },
    { key: 'm', kind: 'retention', event: 'e', fromDay: 1, toDay: 2 },
    { key: 'm', kind: 'funnel', steps: [{ event: 'e' }, { event: 'f' }] },
    { key: 'm', kind: 'quantile', event: 'e', q: 0.5 },
  ])('has no value for a $kind nobody was exposed to', (body) => {
    expect(figures(aMetric(body), undefined)).toMatchObject({ n: 0, value: null, total: 0 });
  });
});
