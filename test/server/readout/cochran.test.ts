import { describe, expect, it } from 'vitest';
import { cochranQ } from '@assay/server/readout/cochran';

const effects = (...pairs: [number, number][]) =>
  pairs.map(([effect, standardError]) => ({ effect, standardError }));

describe('cochranQ', () => {
  it('is 0 when all slices agree', () => {
    expect(cochranQ(effects([0.25, 1], [0.25, 2], [0.25, 0.5]))).toMatchObject({
      q: 0,
      df: 2,
      pValue: 1,
    });
  });
  it('weighs slices by their precision', () => {
    // Weights 1 and 1/4, mean 1.4: Q = 0.4² + (1.6 / 2)². p from Python: erfc(√(Q / 2)).
    const found = cochranQ(effects([1, 1], [3, 2]));
    expect(found.q).toBeCloseTo(0.8, 12);
    expect(found.pValue).toBeCloseTo(0.37109336952269756, 10);
  });
  it.each([
    ['no slices', []],
    ['one slice', effects([1, 1])],
    ['one usable slice', effects([1, 1], [2, 0])],
  ])('is undefined with %s', (_, slices) => {
    expect(cochranQ(slices)).toEqual({ q: null, df: 0, pValue: null });
  });
});
