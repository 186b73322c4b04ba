import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anytimeTReach,
  mixtureLnP,
  mixtureReach,
  oneSidedMixtureLnP,
  oneSidedMixtureReach,
  sequencePath,
  tuning,
} from '@assay/server/stats/confidence-sequence';

describe('the mixture', () => {
  const ratio = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  const level = fc.double({ min: 1e-6, max: 0.5, noNaN: true });

  it('has p equal to alpha at its reach, on two sides and on one', () => {
    fc.assert(
      fc.property(ratio, level, (r, alpha) => {
        expect(mixtureLnP(r, mixtureReach(r, alpha))).toBeCloseTo(Math.log(alpha), 8);
        expect(oneSidedMixtureLnP(r, oneSidedMixtureReach(r, alpha))).toBeCloseTo(
          Math.log(alpha),
          8,
        );
      }),
    );
  });

  it('is narrowest where it was tuned to', () => {
    const rho2 = tuning(0.05, 10_000);
    const width = (n: number): number => mixtureReach(n * rho2, 0.05) / Math.sqrt(n);
    const relative = (n: number): number => (width(n) * Math.sqrt(n)) / 1;
    for (const n of [2_000, 5_000, 20_000, 50_000])
      expect(relative(n)).toBeGreaterThan(relative(10_000));
  });

  it('has a one-sided p-value of 1 against the direction', () => {
    expect(oneSidedMixtureLnP(10, -3)).toBe(0);
    expect(Number.isFinite(oneSidedMixtureLnP(10, 1e6))).toBe(true);
  });
});

describe('sequencePath', () => {
  const looks = [1_000, 4_000, 16_000].map((n) => ({ n, estimate: 0.1, se: 1 / Math.sqrt(n) }));

  it('only narrows and only gains evidence', () => {
    const path = sequencePath(looks, { alpha: 0.05, tunedTo: 5_000 });
    for (let i = 1; i < path.length; i++) {
      expect(path[i]?.runningPValue).toBeLessThanOrEqual(path[i - 1]?.runningPValue ?? 0);
      expect(path[i]?.runningInterval?.[0]).toBeGreaterThanOrEqual(
        path[i - 1]?.runningInterval?.[0] ?? 0,
      );
    }
  });

  it('has no common interval left when the effect drifts', () => {
    const drift = [
      { n: 100_000, estimate: 0.1, se: 0.003 },
      { n: 200_000, estimate: -0.1, se: 0.002 },
    ];
    expect(sequencePath(drift, { alpha: 0.05, tunedTo: 5_000 }).at(-1)?.runningInterval).toBeNull();
  });
});

it('the anytime t interval is unbounded while data are too few', () => {
  expect(anytimeTReach({ df: 1, shrinkage: 0.5 }, 0.001)).toBe(Infinity);
  expect(Number.isFinite(anytimeTReach({ df: 200, shrinkage: 0.5 }, 0.05))).toBe(true);
});
