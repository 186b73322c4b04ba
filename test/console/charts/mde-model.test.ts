import { describe, expect, it } from 'vitest';
import { firstBelow, mdeGeometry } from '@assay/console/charts/mde-model';

const falling = Array.from({ length: 56 }, (_, i) => [i + 1, 0.2 / Math.sqrt(i + 1)] as const);

describe('firstBelow', () => {
  it.each([
    ['between two days', [[1, 0.1] as const, [2, 0.06] as const], 0.08, 1.5],
    ['on a day', [[1, 0.1] as const, [2, 0.06] as const], 0.06, 2],
    ['already at the start', [[3, 0.04] as const], 0.06, 3],
    ['never', [[1, 0.1] as const], 0.06, null],
  ])('%s', (_, points, mde, expected) => {
    expect(firstBelow(points, mde) ?? -99).toBeCloseTo(expected ?? -99, 10);
  });
});

describe('mdeGeometry', () => {
  const base = { mde: 0.06, enrolDays: 14, maturationDays: 7, width: 776, height: 236 };
  const g = mdeGeometry({ curves: [{ points: falling }], ...base });

  it('shows the plan and more after it, in whole weeks', () => {
    expect(g.days).toBe(35);
    expect(g.xTicks.map((t) => t.value)).toEqual([0, 7, 14, 21, 28, 35]);
  });
  it('draws enrolment, then maturing', () => {
    expect(g.enrol).toEqual({ x: 44, width: (716 * 14) / 35 });
    expect(g.mature?.x).toBeCloseTo(44 + (716 * 14) / 35, 6);
    expect(g.mature?.width).toBeCloseTo((716 * 7) / 35, 6);
  });
  it('marks the day on which the lift becomes detectable', () => {
    // 0.2 / sqrt(d) = 0.06 at d = 11.1
    expect(g.cross?.day).toBe(12);
  });
  it('has no crossing when the traffic never suffices', () => {
    expect(mdeGeometry({ curves: [{ points: falling }], ...base, mde: 0.01 }).cross).toBeNull();
  });
  it('has no zones without a duration, and no maturing without a window', () => {
    const open = mdeGeometry({ curves: [{ points: falling }], ...base, enrolDays: null });
    expect([open.enrol, open.mature]).toEqual([null, null]);
    expect(
      mdeGeometry({ curves: [{ points: falling }], ...base, maturationDays: 0 }).mature,
    ).toBeNull();
  });
  it('survives empty curves', () => {
    const empty = mdeGeometry({ curves: [{ points: [] }], ...base });
    expect(empty.paths).toEqual(['']);
    expect(empty.cross).toBeNull();
  });
});
