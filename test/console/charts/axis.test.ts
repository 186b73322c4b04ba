import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { position, sharedDomain, ticks, type Domain } from '@assay/console/charts/axis';

describe('sharedDomain', () => {
  it('holds 0, the marks and every usual interval with room around', () => {
    const [low, high] = sharedDomain([[0.02, 0.13] as const, [-0.05, 0.02] as const], [0.05]);
    expect(low).toBeCloseTo(-0.0644, 10);
    expect(high).toBeCloseTo(0.1444, 10);
  });

  it('lets one interval that is far wider than the others run off the axis', () => {
    const narrow: Domain[] = [
      [-0.01, 0.02],
      [0, 0.03],
      [-0.02, 0.01],
    ];
    const [low, high] = sharedDomain([...narrow, [-0.9, 1.1]], []);
    expect(low).toBeGreaterThan(-0.1);
    expect(high).toBeLessThan(0.1);
  });

  it('is a real range even when there is nothing to show', () => {
    const [low, high] = sharedDomain([], []);
    expect(high).toBeGreaterThan(low);
  });

  it('always has 0 and the marks inside', () => {
    const lift = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(lift, lift)), fc.array(lift), (spans, marks) => {
        const [low, high] = sharedDomain(
          spans.map(([a, b]): Domain => [Math.min(a, b), Math.max(a, b)]),
          marks,
        );
        for (const mark of [0, ...marks]) expect(mark > low && mark < high).toBe(true);
      }),
    );
  });
});

describe('ticks', () => {
  it('are round values at their places, and zero is not negative', () => {
    expect(ticks([-0.128, 0.172], [0, 320], 6).map((t) => [t.value, Math.round(t.at)])).toEqual([
      [-0.1, 30],
      [-0.05, 83],
      [0, 137],
      [0.05, 190],
      [0.1, 243],
      [0.15, 297],
    ]);
    expect(Object.is(ticks([-1, 1], [0, 10], 2).find((t) => t.value === 0)?.value, 0)).toBe(true);
  });

  it('maps beyond the range without clamping', () => {
    expect(position([0, 10], [0, 100])(-1)).toBe(-10);
  });
});
