import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalPdf, normalQuantile } from '@assay/console/charts/normal';

describe('the normal distribution of the pictures', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.959963984540054, 0.975],
    [-5, 2.866515718791939e-7],
    [8, 1],
    [-40, 0],
  ])('P(Z <= %d) is %d', (z, p) => {
    expect(normalCdf(z)).toBeCloseTo(p, 13);
  });

  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.8, 0.8416212335729143],
    [0.001, -3.090232306167813],
  ])('the quantile of %d is %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 9);
  });

  it.each([0, 1, -0.1, Number.NaN])('has no quantile of %d', (p) => {
    expect(normalQuantile(p)).toBeNaN();
  });

  it('is symmetric, and its density is its slope', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (z) => {
        expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 13);
        const slope = (normalCdf(z + 1e-5) - normalCdf(z - 1e-5)) / 2e-5;
        expect(slope).toBeCloseTo(normalPdf(z), 8);
      }),
    );
  });
});
