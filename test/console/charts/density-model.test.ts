import { describe, expect, it } from 'vitest';
import { chanceBeyond, densityGeometry } from '@assay/console/charts/density-model';

const base = { estimate: 0.0746, standardError: 0.0183, mde: 0.05, width: 380, height: 206 };

describe('chanceBeyond', () => {
  it.each([
    ['the design: 91 % beyond the MDE', [0.0746, 0.0183, 0.05, 'up'], 0.9106],
    ['half on either side of the estimate', [0.03, 0.01, 0.03, 'up'], 0.5],
    ['a metric that should fall', [-0.0746, 0.0183, -0.05, 'down'], 0.9106],
    ['harm', [-0.02, 0.01, 0, 'up'], 0.02275],
  ] as const)('%s', (_, [estimate, se, threshold, good], expected) => {
    expect(chanceBeyond(estimate, se, threshold, good)).toBeCloseTo(expected, 4);
  });
});

describe('densityGeometry', () => {
  it('has its peak between the MDE and the right end, and room for a caption there', () => {
    const g = densityGeometry({ ...base, good: 'up' });
    expect(g.zero).toBeLessThan(g.mde!);
    expect(g.mde).toBeLessThan(g.peak);
    expect(g.caption.anchor).toBe('start');
    expect(g.caption.x).toBeGreaterThan(g.peak);
    expect(g.caption.x).toBeLessThan(300);
  });
  it('mirrors a metric that should fall', () => {
    const g = densityGeometry({ ...base, estimate: -0.0746, mde: -0.05, good: 'down' });
    expect(g.peak).toBeLessThan(g.mde!);
    expect(g.mde).toBeLessThan(g.zero);
    expect(g.caption.anchor).toBe('end');
  });
  it('cuts its areas at 0 and at the MDE', () => {
    const g = densityGeometry({ ...base, good: 'up' });
    const xs = (path: string) =>
      [...path.matchAll(/[ML]([\d.]+),/g)].map((match) => Number(match[1]));
    expect(Math.max(...xs(g.harm))).toBeCloseTo(g.zero, 2);
    expect(Math.min(...xs(g.some))).toBeCloseTo(g.zero, 2);
    expect(Math.max(...xs(g.some))).toBeCloseTo(g.mde!, 2);
    expect(Math.min(...xs(g.beyond))).toBeCloseTo(g.mde!, 2);
  });
  it('needs no MDE', () => {
    const g = densityGeometry({ ...base, mde: undefined, good: 'up' });
    expect(g.mde).toBeNull();
    expect(g.some).toBe('');
    expect(g.beyond).not.toBe('');
  });
});
