import { describe, expect, it } from 'vitest';
import {
  clearSince,
  liftDomain,
  liftGeometry,
  type LiftDay,
} from '@assay/console/charts/lift-model';

function day(index: number, estimate: number | null, half: number, units = 100): LiftDay {
  const bound = (shift: number) => (estimate === null ? null : estimate + shift);
  return {
    day: `2026-11-${String(index + 5).padStart(2, '0')}`,
    units,
    estimate,
    low: bound(-half),
    high: bound(half),
    low80: bound(-half * 0.65),
    high80: bound(half * 0.65),
  };
}
const shrinking = [0.4, 0.2, 0.12, 0.1, 0.08, 0.06].map((half, i) => day(i, 0.07, half, 100 - i));
const size = { width: 700, height: 330 };

describe('clearSince', () => {
  it.each([
    ['never', [day(0, 0.1, 0.2)], null],
    ['from the first day', [day(0, 0.1, 0.05), day(1, 0.1, 0.05)], { day: 1, side: 'above' }],
    [
      'from the day after the last doubt',
      [day(0, 0.1, 0.05), day(1, 0.1, 0.2), day(2, 0.1, 0.05)],
      { day: 3, side: 'above' },
    ],
    ['below', [day(0, -0.1, 0.2), day(1, -0.1, 0.05)], { day: 2, side: 'below' }],
    ['after a change of side', [day(0, -0.1, 0.05), day(1, 0.1, 0.05)], { day: 2, side: 'above' }],
    ['not when the last day is unknown', [day(0, 0.1, 0.05), day(1, null, 0)], null],
    ['not of nothing', [], null],
  ])('%s', (_, days, expected) => {
    expect(clearSince(days)).toEqual(expected);
  });
});

describe('liftDomain', () => {
  it('is set by the settled days, not by the first ones', () => {
    const [low, high] = liftDomain(shrinking, 0.05);
    expect(high).toBeLessThan(0.3);
    expect(high).toBeGreaterThan(0.19);
    expect(low).toBeLessThan(-0.05);
    expect(low).toBeGreaterThan(-0.15);
  });
  it('holds 0 and the MDE', () => {
    const [low, high] = liftDomain([day(0, 0.01, 0.001)], 0.05);
    expect(low).toBeLessThan(0);
    expect(high).toBeGreaterThan(0.05);
  });
});

describe('liftGeometry', () => {
  const g = liftGeometry({ days: shrinking, length: 21, mde: 0.05, ...size });

  it('spreads the plan over the plot and leaves the rest to the future', () => {
    expect(g.points[0]?.x).toBe(46);
    expect(g.points[5]?.x).toBe(46 + (640 * 5) / 20);
    expect(g.future).toBe(g.points[5]?.x);
  });
  it('has no future when the plan is over', () => {
    expect(liftGeometry({ days: shrinking, length: 6, mde: 0.05, ...size }).future).toBeNull();
    expect(liftGeometry({ days: shrinking, length: 3, mde: 0.05, ...size }).future).toBeNull();
  });
  it('clips the wide first day to the plot', () => {
    expect(g.points[0]?.high).toBe(g.plot.top);
    expect(g.points[0]?.low).toBe(g.plot.bottom);
    expect(g.points[5]!.high).toBeLessThan(g.points[5]!.low);
  });
  it('scales the bars to the busiest day', () => {
    expect(g.points[0]?.bar.height).toBe(28);
    expect(g.points[5]?.bar.height).toBeCloseTo(28 * 0.95, 10);
    for (const { bar } of g.points) expect(bar.y + bar.height).toBeCloseTo(g.barFloor, 10);
  });
  it('leaves days without an estimate out of line and bands, and keeps their bars', () => {
    const days = [day(0, null, 0), day(1, 0.05, 0.1), day(2, 0.06, 0.1)];
    const h = liftGeometry({ days, length: 3, mde: undefined, ...size });
    expect(h.line.startsWith(`M${h.points[1]!.x},`)).toBe(true);
    expect(h.points[0]?.bar.height).toBe(28);
    expect(h.mde).toBeNull();
  });
  it('draws one day, and none, without NaN', () => {
    for (const days of [[], [day(0, 0.1, 0.2)]]) {
      const h = liftGeometry({ days, length: 14, mde: undefined, ...size });
      expect(JSON.stringify(h)).not.toMatch(/NaN|null,null,null,null/);
      expect(h.line).not.toContain('NaN');
    }
  });
  it('names fewer days where there is less room', () => {
    const count = (width: number) =>
      liftGeometry({ days: shrinking, length: 21, mde: 0.05, width, height: 330 }).xTicks.length;
    expect(count(700)).toBe(5);
    expect(count(330)).toBeLessThanOrEqual(3);
  });
});
