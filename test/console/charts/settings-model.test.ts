import { describe, expect, it } from 'vitest';
import { settingsGeometry } from '@assay/console/charts/settings-model';

describe('settingsGeometry', () => {
  it.each([
    // z(.975) = 1.959964, z(.8) = 0.841621; z(.995) = 2.575829, z(.9) = 1.281552
    [0.05, 0.8, 2.801585 / 1.959964],
    [0.01, 0.9, 3.857381 / 2.575829],
    [0.05, 0.5, 1],
  ])('alpha %d and power %d stand %d thresholds apart', (alpha, power, ratio) => {
    const g = settingsGeometry({ alpha, power, width: 380, height: 200 });
    const { none, real } = g.centres;
    expect((real - none) / (g.threshold - none)).toBeCloseTo(ratio, 5);
  });

  it('has every area inside the picture', () => {
    const g = settingsGeometry({ alpha: 0.001, power: 0.999, width: 380, height: 200 });
    for (const path of [g.found, g.missed, ...g.falseAlarms, g.none, g.real]) {
      const xs = [...path.matchAll(/[ML](-?[\d.]+),/g)].map((match) => Number(match[1]));
      expect(Math.min(...xs)).toBeGreaterThanOrEqual(20);
      expect(Math.max(...xs)).toBeLessThanOrEqual(360);
    }
  });
});
