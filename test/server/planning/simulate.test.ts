import { describe, expect, it } from 'vitest';
import { simulateBody, simulation } from '@assay/server/contract/planning';
import { plan } from '@assay/server/planning/plan';
import { simulate } from '@assay/server/planning/simulate';

const given = {
  kind: 'proportion',
  baseline: { rate: 0.1 },
  mde: { relative: 0.1 },
  looks: 20,
  unitsPerDay: 2_000,
};
const ask = (more: Readonly<Record<string, unknown>> = {}) =>
  simulateBody.parse({ ...given, ...more });

describe('simulate', () => {
  it.each(['fixed', 'sequential', 'confidenceSequence'])(
    'reproduces the planned power of %s and holds its level at 20 looks',
    (method) => {
      const found = simulate(ask({ method }));
      expect(simulation.parse(found)).toEqual(found);
      // Crossings before the end only add to a confidence sequence's planned power.
      const planned = plan(ask({ method })).achievedPower;
      const most = method === 'confidenceSequence' ? 0.1 : 0.016;
      expect(found.power.value - planned).toBeGreaterThan(-0.016);
      expect(found.power.value - planned).toBeLessThan(most);
      expect(found.falsePositives.low).toBeLessThanOrEqual(0.05);
      expect(found.power.low).toBeLessThan(found.power.value);
      expect(found.looks.at(-1)?.won).toBeCloseTo(found.power.value, 12);
    },
  );

  it('shows what peeking does: a quarter of all A/A tests at 20 looks', () => {
    // Armitage, McPherson & Rowe (1969): 24.8 % exactly.
    const { low, high } = simulate(ask({ method: 'fixed' })).peekingFalsePositives;
    expect(low - 0.01).toBeLessThan(0.248);
    expect(high + 0.01).toBeGreaterThan(0.248);
  });

  it('stops a good test early, with an estimate that exaggerates', () => {
    const found = simulate(ask({ method: 'sequential', looks: 5 }));
    const total = found.unitsPerVariant.reduce((a, b) => a + b, 0);
    // Expected stop of O'Brien–Fleming spending at 5 looks and 80 % power: 80 % of the plan (a little less with harm stops).
    expect(found.expectedUnits / total).toBeGreaterThan(0.76);
    expect(found.expectedUnits / total).toBeLessThan(0.84);
    expect(found.expectedDays).toBeCloseTo(found.expectedUnits / 2_000, 9);
    expect(found.exaggeration).toBeGreaterThan(1.02);
    expect(found.exaggeration).toBeLessThan(1.4);
    // The bounds that rpact and gsDesign print for this design.
    expect(found.looks.map((l) => Number(l.win?.toFixed(3)))).toEqual([
      4.877, 3.357, 2.68, 2.29, 2.031,
    ]);
  });

  it('answers the same for the same seed, another for another, in well under two seconds', () => {
    const before = performance.now();
    const one = simulate(ask({ seed: 5 }));
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(simulate(ask({ seed: 5 }))).toEqual(one);
    expect(simulate(ask({ seed: 6 })).power.value).not.toBe(one.power.value);
  });
});
