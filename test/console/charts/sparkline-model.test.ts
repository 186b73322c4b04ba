import { describe, expect, it } from 'vitest';
import { sparkGeometry } from '@assay/console/charts/sparkline-model';

describe('sparkGeometry', () => {
  it('has 0 in the middle and positive lifts above it', () => {
    const points = [
      { estimate: 0.1, low: -0.1, high: 0.3 },
      { estimate: 0.05, low: 0, high: 0.1 },
    ];
    const g = sparkGeometry(points, 72, 26);
    expect(g.zero).toBe(13);
    const ys = [...g.line.matchAll(/[ML][\d.]+,([\d.]+)/g)].map((match) => Number(match[1]));
    expect(ys).toHaveLength(2);
    for (const y of ys) expect(y).toBeLessThan(13);
  });
  it('clips what is too wide to the picture and skips unknown days', () => {
    const points = [
      { estimate: null, low: null, high: null },
      { estimate: 5, low: -9, high: null },
      { estimate: 0.05, low: 0, high: 0.1 },
    ];
    const g = sparkGeometry(points, 72, 26);
    expect(g.line.startsWith('M36,1L')).toBe(true);
  });
  it('draws nothing of nothing', () => {
    expect(sparkGeometry([], 72, 26)).toEqual({ band: '', line: '', zero: 13 });
  });
});
