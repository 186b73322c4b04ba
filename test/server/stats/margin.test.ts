import { describe, expect, it } from 'vitest';
import { compareToMargin } from '@assay/server/stats/margin';
import type { Pair } from '@assay/server/stats/compare';
import type { Moments } from '@assay/server/stats/moments';

const means = (n: number, mean: number, variance: number): Moments => ({
  n,
  mean: [mean],
  comoment: [variance * (n - 1)],
});
const pair = (a: number, b: number, n = 10_000): Pair => ({
  shape: 'mean',
  control: means(n, a, 25),
  treatment: means(n, b, 25),
});

describe('compareToMargin', () => {
  it('is safe when the worst lift still compatible is above the margin', () => {
    const found = compareToMargin(pair(10, 10), { alpha: 0.05, margin: 0.02, direction: 'up' });
    // Fieller's one-sided bound around a lift of 0: about −1.645·√2·5/100/10 = −0.0116.
    expect(found.worstLift).toBeCloseTo(-0.0116, 4);
    expect(found.nonInferior).toBe(true);
    expect(found.deteriorated).toBe(false);
  });

  it('is not proven with a margin inside the noise, though nothing got worse', () => {
    const found = compareToMargin(pair(10, 10), { alpha: 0.05, margin: 0.01, direction: 'up' });
    expect(found.nonInferior).toBe(false);
    expect(found.deteriorated).toBe(false);
  });

  it('agrees with the bound it shows', () => {
    for (const lift of [-0.03, -0.02, -0.01, -0.005, 0, 0.01]) {
      for (const margin of [0.005, 0.01, 0.02]) {
        const found = compareToMargin(pair(10, 10 * (1 + lift)), {
          alpha: 0.05,
          margin,
          direction: 'up',
        });
        expect(found.nonInferior).toBe((found.worstLift ?? 0) > -margin);
      }
    }
  });

  it('mirrors for a metric that should go down', () => {
    const up = compareToMargin(pair(10, 9.9), { alpha: 0.05, margin: 0.03, direction: 'up' });
    const down = compareToMargin(pair(10, 10.1), { alpha: 0.05, margin: 0.03, direction: 'down' });
    expect(down.worstLift).toBeCloseTo(-(up.worstLift ?? 0), 3);
    expect([up.nonInferior, down.nonInferior]).toEqual([true, true]);
    expect(down.pDeteriorated).toBeCloseTo(up.pDeteriorated ?? 0, 12);
  });

  it('sees harm', () => {
    const found = compareToMargin(pair(10, 9), { alpha: 0.05, margin: 0.02, direction: 'up' });
    expect(found.deteriorated).toBe(true);
    expect(found.nonInferior).toBe(false);
    expect(found.pDeteriorated).toBeLessThan(1e-40);
  });

  it('answers null where there is nothing to test', () => {
    const none = compareToMargin(
      { shape: 'mean', control: means(1, 1, 0), treatment: means(1, 1, 0) },
      { alpha: 0.05, margin: 0.02, direction: 'up' },
    );
    expect(none.nonInferior).toBeNull();
    expect(none.deteriorated).toBeNull();
    expect(none.notes).toContain('too_few_units');
    const free = compareToMargin(pair(0, 1), { alpha: 0.05, margin: 0.02, direction: 'up' });
    expect(free.nonInferior).toBeNull();
    expect(free.deteriorated).toBe(false);
  });
});
