import * as fc from 'fast-check';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile } from '@assay/server/stats/distributions/beta';
import { chiSquareIsf, chiSquareSf, gammaCdf } from '@assay/server/stats/distributions/gamma';
import { normalCdf, normalQuantile } from '@assay/server/stats/distributions/normal';
import { studentCdf, studentIsf, studentPdf } from '@assay/server/stats/distributions/student';

interface Library {
  readonly normal: Of<[mean: number, sd: number]>;
  readonly studentt: Of<[df: number]>;
  readonly chisquare: Of<[df: number]>;
  readonly beta: Of<[a: number, b: number]>;
  readonly gamma: Of<[a: number, scale: number]>;
}
interface Of<P extends readonly number[]> {
  cdf(x: number, ...parameters: P): number;
  pdf(x: number, ...parameters: P): number;
  inv(p: number, ...parameters: P): number;
}
const { jStat } = createRequire(import.meta.url)('jstat') as { jStat: Library };

/** Another implementation, where it is right: the ordinary range. */
describe('agrees with jstat in the ordinary range', () => {
  const p = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  const shape = fc.double({ min: 0.5, max: 50, noNaN: true });

  it('normal', () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), p, (z, q) => {
        expect(normalCdf(z)).toBeCloseTo(jStat.normal.cdf(z, 0, 1), 12);
        expect(normalQuantile(q)).toBeCloseTo(jStat.normal.inv(q, 0, 1), 6);
      }),
    );
  });

  it('Student’s t', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), shape, (t, df) => {
        expect(studentCdf(t, df)).toBeCloseTo(jStat.studentt.cdf(t, df), 5);
        expect(studentPdf(t, df)).toBeCloseTo(jStat.studentt.pdf(t, df), 6);
      }),
    );
  });

  it('χ², gamma and beta', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        shape,
        shape,
        p,
        (x, a, b, q) => {
          expect(1 - chiSquareSf(x, a)).toBeCloseTo(jStat.chisquare.cdf(x, a), 6);
          expect(gammaCdf(a, x)).toBeCloseTo(jStat.gamma.cdf(x, a, 1), 6);
          expect(betaCdf(q, a, b)).toBeCloseTo(jStat.beta.cdf(q, a, b), 5);
        },
      ),
    );
  });
});

describe('quantiles undo tails', () => {
  const p = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
  const shape = fc.double({ min: 0.3, max: 1e6, noNaN: true });

  it('for every distribution', () => {
    fc.assert(
      fc.property(p, shape, shape, (q, a, b) => {
        expect(isClose(studentCdf(-studentIsf(q, a), a), q)).toBe(true);
        expect(isClose(chiSquareSf(chiSquareIsf(q, a), a), q)).toBe(true);
        const x = betaQuantile(q, a, b);
        // Near the ends of (0, 1) neighbouring doubles lie far apart on the probability scale.
        const inside = x > 1e-6 && x < 1 - 1e-6;
        expect(!inside || isClose(betaCdf(x, a, b), q, 1e-6)).toBe(true);
      }),
    );
  });
});

function isClose(got: number, wanted: number, rel = 1e-8): boolean {
  return Math.abs(got - wanted) <= rel * Math.min(wanted, 1 - wanted) + 1e-12;
}
