import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaSf } from '@assay/server/stats/distributions/beta';
import { binomialLnPmf, binomialSfGe } from '@assay/server/stats/distributions/binomial';
import {
  chiSquareIsf,
  chiSquareLnSf,
  chiSquareSf,
  lnGamma,
} from '@assay/server/stats/distributions/gamma';
import { kolmogorovSf } from '@assay/server/stats/distributions/kolmogorov';
import { noncentralStudentSf } from '@assay/server/stats/distributions/noncentral-t';
import {
  normalIsf,
  normalIsfLn,
  normalLnSf,
  normalSf,
} from '@assay/server/stats/distributions/normal';
import { studentIsf, studentLnSf, studentSf } from '@assay/server/stats/distributions/student';

describe('tails beyond the range of a double', () => {
  it('keep their logarithm', () => {
    expect(normalSf(40)).toBe(0);
    // ln of 3.656e-350 (mpmath).
    expect(normalLnSf(40)).toBeCloseTo(-804.6084420137538, 9);
    expect(normalIsfLn(-804.6084420137538)).toBeCloseTo(40, 10);
    expect(chiSquareLnSf(5_000, 1)).toBeLessThan(-2_500);
    expect(studentLnSf(1e200, 3)).toBeCloseTo(
      -3 * Math.log(1e200) + Math.log(1.102657790843584),
      6,
    );
  });
});

describe('ends and nonsense', () => {
  it.each([
    ['normalIsf(0)', normalIsf(0), Infinity],
    ['normalIsf(1)', normalIsf(1), -Infinity],
    ['normalIsf(2)', normalIsf(2), Number.NaN],
    ['normalSf(Infinity)', normalSf(Infinity), 0],
    ['normalSf(-Infinity)', normalSf(-Infinity), 1],
    ['studentIsf(0.5)', studentIsf(0.5, 3), 0],
    ['studentIsf(0)', studentIsf(0, 3), Infinity],
    ['studentSf(NaN)', studentSf(Number.NaN, 3), Number.NaN],
    ['studentSf(0)', studentSf(0, 3), 0.5],
    ['chiSquareSf(0)', chiSquareSf(0, 3), 1],
    ['chiSquareSf(-1)', chiSquareSf(-1, 3), 1],
    ['chiSquareSf(Infinity)', chiSquareSf(Infinity, 3), 0],
    ['chiSquareSf without df', chiSquareSf(1, 0), Number.NaN],
    ['chiSquareIsf(1)', chiSquareIsf(1, 3), 0],
    ['betaCdf(0)', betaCdf(0, 2, 3), 0],
    ['betaSf(1)', betaSf(1, 2, 3), 0],
    ['betaQuantile(0)', betaQuantile(0, 2, 3), 0],
    ['betaQuantile(1)', betaQuantile(1, 2, 3), 1],
    ['binomialSfGe(0)', binomialSfGe(0, 10, 0.3), 1],
    ['binomialSfGe(11)', binomialSfGe(11, 10, 0.3), 0],
    ['lnGamma(1)', lnGamma(1), 0],
  ])('%s', (_, got, wanted) => {
    expect(got).toBe(wanted);
  });

  it('Student’s t with 1e16 degrees of freedom is normal', () => {
    expect(studentSf(2, 1e16)).toBe(normalSf(2));
    expect(studentSf(2, 1e12)).toBeCloseTo(normalSf(2), 12);
  });
});

describe('further distributions', () => {
  it('binomial probabilities sum to 1', () => {
    const sum = Array.from({ length: 51 }, (_, k) => Math.exp(binomialLnPmf(k, 50, 0.37)));
    expect(sum.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 13);
  });

  it('noncentral t without a shift is central', () => {
    for (const df of [1, 3, 30, 1e5])
      expect(noncentralStudentSf(1.7, df, 0)).toBeCloseTo(studentSf(1.7, df), 9);
  });

  // scipy.stats.kstwo.sf
  it.each([
    [0.274, 10, 0.3715203845434957],
    [0.1, 100, 0.2526927570063874],
    [0.05, 1_000, 0.013012074781090332],
  ])('P(D ≥ %f) of %i values', (d, n, p) => {
    expect(kolmogorovSf(d, n)).toBeCloseTo(p, 6);
  });
});
