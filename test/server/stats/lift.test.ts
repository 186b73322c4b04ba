import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, type Estimates, standardError } from '@assay/server/stats/estimates';
import { deltaLift, fiellerLift, liftStandardError, logLift } from '@assay/server/stats/lift';

const at = (more: Partial<Estimates>): Estimates => ({
  control: 10,
  treatment: 11,
  varianceControl: 0.04,
  varianceTreatment: 0.05,
  covariance: 0,
  df: Infinity,
  ...more,
});
const reach = (c: number): { below: number; above: number } => ({ below: c, above: c });

describe('fiellerLift', () => {
  it('is unbounded once the control lies within reach of 0', () => {
    expect(fiellerLift(at({ varianceControl: 25 }), reach(1.96)).interval).not.toBeNull();
    expect(fiellerLift(at({ varianceControl: 27 }), reach(1.96))).toEqual({
      interval: null,
      note: 'noisy_baseline',
    });
  });

  it('solves its quadratic', () => {
    const e = at({ covariance: 0.01 });
    const c = 1.96;
    const { interval } = fiellerLift(e, reach(c));
    for (const r of [interval?.low ?? 0, interval?.high ?? 0]) {
      const ratio = 1 + r;
      // (θ_B − ρθ_A)² = c²(s₂₂ + ρ²s₁₁ − 2ρs₁₂)
      const left = (e.treatment - ratio * e.control) ** 2;
      const right = c * c * (0.05 + ratio * ratio * 0.04 - 2 * ratio * 0.01);
      expect(left / right).toBeCloseTo(1, 10);
    }
  });

  it('leaves 0 out exactly when the difference is more than the reach away', () => {
    const value = fc.double({ min: 0.5, max: 100, noNaN: true });
    const variance = fc.double({ min: 1e-6, max: 10, noNaN: true });
    const share = fc.double({ min: -0.9, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(value, value, variance, variance, share), ([a, b, v, w, r]) => {
        const e = at({
          control: a,
          treatment: b,
          varianceControl: v,
          varianceTreatment: w,
          covariance: r * Math.sqrt(v * w),
        });
        const { interval } = fiellerLift(e, reach(1.96));
        if (!interval) return;
        const z = Math.abs(difference(e) / standardError(e));
        fc.pre(Math.abs(z - 1.96) > 1e-9);
        expect((interval.low ?? 0) > 0 || (interval.high ?? 0) < 0).toBe(z > 1.96);
      }),
    );
  });

  it('reaches differently to the two sides, and not at all to an open one', () => {
    const narrow = fiellerLift(at({}), reach(1.64)).interval;
    const wide = fiellerLift(at({}), reach(2.5)).interval;
    const mixed = fiellerLift(at({}), { below: 1.64, above: 2.5 }).interval;
    expect(mixed).toEqual({ estimate: narrow?.estimate, low: narrow?.low, high: wide?.high });
    expect(fiellerLift(at({}), { below: 1.64, above: Infinity }).interval?.high).toBeNull();
  });

  it('keeps the digits of a tiny lift on a huge baseline', () => {
    const e = at({
      control: 1e9,
      treatment: 1e9 + 0.1,
      varianceControl: 1e-3,
      varianceTreatment: 1e-3,
    });
    const { interval } = fiellerLift(e, reach(1.959963984540054));
    expect(interval?.low).toBeCloseTo(1.2347769783658609e-11, 20);
    expect(interval?.high).toBeCloseTo(1.8765227790774013e-10, 20);
  });
});

describe('other intervals', () => {
  it('delta is symmetric, log is symmetric on its scale, both tend to Fieller with a firm baseline', () => {
    const e = at({ varianceControl: 1e-8, varianceTreatment: 1e-8 });
    const fieller = fiellerLift(e, reach(2)).interval;
    for (const other of [deltaLift(e, reach(2)).interval, logLift(e, reach(2)).interval]) {
      expect(other?.low).toBeCloseTo(fieller?.low ?? 0, 8);
      expect(other?.high).toBeCloseTo(fieller?.high ?? 0, 8);
    }
    expect(liftStandardError(at({ varianceControl: 0 }))).toBeCloseTo(Math.sqrt(0.05) / 10, 14);
  });

  it('say why there is none', () => {
    expect(deltaLift(at({ control: 0 }), reach(2)).note).toBe('zero_baseline');
    expect(logLift(at({ treatment: -1 }), reach(2)).note).toBe('non_positive_values');
  });
});
