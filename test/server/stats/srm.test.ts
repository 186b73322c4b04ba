import { describe, expect, it } from 'vitest';
import {
  sampleRatio,
  sequentialSampleRatio,
  srmLnBayesFactor,
  srmLnMixture,
} from '@assay/server/stats/srm';

describe('sampleRatio', () => {
  // Pearson χ², 50-digit arithmetic.
  it.each([
    [[50_500, 49_500], [1, 1], 0.0015654022580025497, false],
    [[44_700, 45_489], [1, 1], 0.0086, false],
    [[821_588, 815_482], [1, 1], 1.8217928726191873e-6, true],
    [[90_000, 10_400], [9, 1], 0.0001523750493939248, true],
  ])('%j against %j: p %f', (counts, weights, p, suspicious) => {
    const found = sampleRatio(counts, weights);
    expect(Math.abs((found.pValue ?? 0) / p - 1)).toBeLessThan(p === 0.0086 ? 0.01 : 1e-9);
    expect(found.suspicious).toBe(suspicious);
  });

  it('tells the logarithm where the p-value is gone', () => {
    const found = sampleRatio([100_000_000, 101_000_000], [1, 1]);
    expect(found.pValue).toBe(0);
    expect(found.log10PValue).toBeLessThan(-1_000);
    expect(found.severe).toBe(true);
  });

  it('finds a unit in a variant of weight 0', () => {
    const found = sampleRatio([100, 100, 1], [1, 1, 0]);
    expect(found).toMatchObject({ pValue: 0, chiSquare: null, strays: true, suspicious: true });
    expect(sampleRatio([100, 100, 0], [1, 1, 0])).toMatchObject({
      df: 1,
      pValue: 1,
      strays: false,
    });
  });

  it('answers null without units or with one variant', () => {
    expect(sampleRatio([0, 0], [1, 1]).pValue).toBeNull();
    expect(sampleRatio([10], [1]).pValue).toBeNull();
    expect(sampleRatio([Infinity, 1], [1, 1]).pValue).toBeNull();
  });
});

describe('the sequential test', () => {
  it('keeps its digits at a thousand million units', () => {
    // mpmath: lnB(kθ + n) − lnB(kθ) − Σ n ln θ at k = 100, n = (1e9, 1e9 + 200000).
    expect(srmLnBayesFactor([1_000_000_000, 1_000_200_000], [1, 1], 100)).toBeCloseTo(
      1.590828225280533,
      8,
    );
  });

  it('is certain of a unit where none may be', () => {
    expect(srmLnMixture([1, 1, 1], [1, 1, 0])).toBe(Infinity);
    expect(srmLnBayesFactor([1, 1, 1], [1, 1, 0], 100)).toBe(Infinity);
  });

  it('never forgets', () => {
    const looks = [
      [900, 1_100],
      [1_000, 1_000],
      [1_000, 1_000],
    ];
    const path = sequentialSampleRatio(looks, [1, 1]);
    expect(path[2]?.pValue).toBe(path[0]?.pValue);
    expect(path[2]?.lnBayesFactor).toBeLessThan(path[0]?.lnBayesFactor ?? 0);
  });
});
