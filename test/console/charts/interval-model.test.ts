import { describe, expect, it } from 'vitest';
import { intervalGeometry } from '@assay/console/charts/interval-model';

// The design's axis: −12.8 % to +17.2 % on 320 px; its pictures give the pixel values.
const axis = { domain: [-0.128, 0.172] as const, width: 320 };

describe('intervalGeometry', () => {
  it('stands where the design has it', () => {
    const g = intervalGeometry({
      ...axis,
      estimate: 0.0746297,
      spans: [
        { low: 0.0199375, high: 0.12925 },
        { low: 0.0389687, high: 0.1103125 },
      ],
      mde: 0.05,
    });
    expect(g.zero).toBeCloseTo(136.5333, 3);
    expect(g.mde).toBeCloseTo(189.8667, 3);
    expect(g.estimate).toBeCloseTo(216.14, 1);
    expect(g.bars[0]?.x).toBeCloseTo(157.8, 1);
    expect(g.bars[0]?.width).toBeCloseTo(116.6, 1);
    expect(g.bars[1]?.x).toBeCloseTo(178.1, 1);
    expect(g.chevrons).toEqual({ left: false, right: false });
    expect(g.hatch).toBeNull();
  });

  it.each([
    ['a rise', 0.03, { edge: 168.533, x: 168.533, width: 151.467 }],
    ['a fall', -0.03, { edge: 104.533, x: 0, width: 104.533 }],
  ])('hatches the harm of %s', (_, margin, zone) => {
    const { hatch } = intervalGeometry({ ...axis, estimate: 0, spans: [], margin });
    expect(hatch?.edge).toBeCloseTo(zone.edge, 2);
    expect(hatch?.x).toBeCloseTo(zone.x, 2);
    expect(hatch?.width).toBeCloseTo(zone.width, 2);
  });

  it.each([
    ['left', { low: -0.5, high: 0.1 }, { left: true, right: false }],
    ['right', { low: 0, high: 0.5 }, { left: false, right: true }],
    ['both sides', { low: -0.5, high: 0.5 }, { left: true, right: true }],
    ['an open side', { low: -0.05, high: null }, { left: false, right: true }],
  ])('clips what leaves the axis on the %s and says so', (_, span, chevrons) => {
    const g = intervalGeometry({ ...axis, estimate: 0.9, spans: [span] });
    expect(g.chevrons).toEqual(chevrons);
    const bar = g.bars[0]!;
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(320);
    expect(g.estimate).toBe(320);
  });

  it('draws nothing where there is no estimate', () => {
    expect(intervalGeometry({ ...axis, estimate: null, spans: [] })).toMatchObject({
      estimate: null,
      bars: [],
      chevrons: { left: false, right: false },
    });
  });
});
