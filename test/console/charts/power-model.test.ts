import { describe, expect, it } from 'vitest';
import { at, powerGeometry } from '@assay/console/charts/power-model';

const curve = [
  [-0.05, 0.9],
  [0, 0.05],
  [0.05, 0.7],
  [0.1, 1],
] as const;

describe('at', () => {
  it.each([
    [0, 0.05],
    [0.025, 0.375],
    [0.1, 1],
    [0.11, null],
    [-0.06, null],
  ])('height at %d is %d', (x, expected) => {
    expect(at(curve, x) ?? -99).toBeCloseTo(expected ?? -99, 10);
  });
});

describe('powerGeometry', () => {
  const g = powerGeometry({ curve, mde: 0.05, power: 0.8, width: 380, height: 236 });
  it('puts the point on the curve at the wanted lift', () => {
    expect(g.point?.power).toBe(0.7);
    expect(g.point?.x).toBeCloseTo(44 + (322 * 0.1) / 0.15, 6);
    expect(g.target).toBeCloseTo(12 + 190 * 0.2, 6);
  });
  it('has no point where the curve does not reach', () => {
    expect(
      powerGeometry({ curve, mde: 0.2, power: 0.8, width: 380, height: 236 }).point,
    ).toBeNull();
  });
  it('survives an empty curve', () => {
    const empty = powerGeometry({ curve: [], mde: 0.05, power: 0.8, width: 380, height: 236 });
    expect(empty.path).toBe('');
    expect(empty.point).toBeNull();
  });
});
