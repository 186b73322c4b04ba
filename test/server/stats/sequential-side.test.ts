import { describe, expect, it } from 'vitest';
import { normalSf } from '@assay/server/stats/distributions/normal';
import { spendingBoundary } from '@assay/server/stats/group-sequential';
import { sequentialSide } from '@assay/server/stats/sequential-side';

const obf = { kind: 'obrienFleming' } as const;
const pocock = { kind: 'pocock' } as const;
const five = [0.2, 0.4, 0.6, 0.8, 1];

describe('sequentialSide', () => {
  // ldbounds and rpact: O'Brien–Fleming and Pocock spending, one-sided 0.025, five looks.
  it.each([
    [obf, [4.8769, 3.357, 2.6803, 2.2898, 2.031]],
    [pocock, [2.438, 2.4268, 2.4102, 2.3966, 2.386]],
  ])('%j has the published bounds', (spending, bounds) => {
    bounds.forEach((z, k) => {
      const side = sequentialSide({
        spending,
        alpha: 0.025,
        looks: five.slice(0, k + 1),
        final: false,
      });
      expect(side.critical).toBeCloseTo(z, 3);
    });
  });

  it('p is alpha at the bound, below it beyond, above it before', () => {
    for (const spending of [obf, pocock])
      for (const k of [1, 2, 3, 4, 5]) {
        const side = sequentialSide({
          spending,
          alpha: 0.025,
          looks: five.slice(0, k),
          final: false,
        });
        expect(Math.exp(side.lnP(side.critical))).toBeCloseTo(0.025, 10);
        expect(Math.exp(side.lnP(side.critical + 0.01))).toBeLessThan(0.025);
        expect(Math.exp(side.lnP(side.critical - 0.01))).toBeGreaterThan(0.025);
      }
  });

  it('p is the level at which the design would just reject, to a hundredth', () => {
    const looks = [0.15, 0.4, 0.7];
    for (const alpha of [0.3, 0.06, 0.02, 0.003, 1e-4, 1e-8, 1e-20]) {
      const z = spendingBoundary({
        spending: pocock,
        alpha,
        mirrored: false,
        information: looks,
      }).z.at(-1);
      const side = sequentialSide({ spending: pocock, alpha: 0.025, looks, final: false });
      expect(side.lnP(z ?? 0) - Math.log(alpha)).toBeCloseTo(0, 1.7);
    }
  });

  it('is never below the p-value of a single look', () => {
    for (const z of [-2, 0, 1, 2, 4, 8, 20, 40]) {
      const side = sequentialSide({ spending: obf, alpha: 0.025, looks: [0.3, 0.6], final: false });
      expect(side.lnP(z)).toBeGreaterThanOrEqual(Math.log(normalSf(z)) - 1e-9);
    }
  });

  it('spends all that is left at a final look that comes early', () => {
    const running = sequentialSide({
      spending: obf,
      alpha: 0.025,
      looks: [0.4, 0.7],
      final: false,
    });
    const ended = sequentialSide({ spending: obf, alpha: 0.025, looks: [0.4, 0.7], final: true });
    expect(ended.critical).toBeLessThan(running.critical);
    expect(ended.critical).toBeGreaterThan(1.96);
  });

  it('counts a look that brought no information once', () => {
    const once = sequentialSide({
      spending: pocock,
      alpha: 0.025,
      looks: [0.2, 0.5],
      final: false,
    });
    const twice = sequentialSide({
      spending: pocock,
      alpha: 0.025,
      looks: [0.2, 0.2, 0.5, 0.5],
      final: false,
    });
    expect(twice.critical).toBe(once.critical);
  });
});
