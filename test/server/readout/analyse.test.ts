import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment, Metric, MetricReadout } from '@assay/server/contract';
import { metricReadout } from '@assay/server/contract/readout';
import { analyse } from '@assay/server/readout/analyse';
import type { Inference } from '@assay/server/readout/inference';
import type { Moments } from '@assay/server/stats/moments';
import type { MomentRow } from '@assay/server/store/events/port';
import { aMetric, anExperiment } from './given.ts';

const fixed: Inference = {
  kind: 'fixed',
  alpha: 0.05,
  correction: 'holm',
  plannedPerVariant: null,
};
const kinds = ['fixed', 'confidenceSequence', 'bayesian'] as const;
const three = [
  { key: 'a', weight: 1 },
  { key: 'b', weight: 1 },
  { key: 'c', weight: 1 },
];
type Sums = Readonly<Record<string, Readonly<Record<string, Moments>>>>;

function read(
  metrics: readonly Metric[],
  sums: Sums,
  { experiment = anExperiment(), inference = fixed, baseline = 'a' } = {},
): MetricReadout[] {
  const rows: MomentRow[] = Object.entries(sums).flatMap(([metric, byVariant]) =>
    Object.entries(byVariant).map(([variant, moments]) => ({ metric, variant, moments })),
  );
  return analyse({
    experiment,
    metrics: new Map(metrics.map((m) => [m.key, m])),
    answer: {
      units: [],
      crossovers: 0,
      crossoversByVariant: {},
      strangers: 0,
      firstExposure: null,
      lastExposure: null,
      lastEvent: null,
      rows,
    },
    inference,
    baseline,
    matured: new Map(),
  });
}
const share = (n: number, k: number): Moments => ({
  n,
  mean: [k / n],
  comoment: [(k * (n - k)) / n],
});
const conversion = aMetric({ key: 'conversion', kind: 'proportion', event: 'e' });
const revenue = aMetric({ key: 'revenue', kind: 'mean', event: 'e' });

describe('analyse', () => {
  it('shares alpha over the treatments of the primary, and corrects by Holm', () => {
    const experiment = anExperiment({ variants: three });
    const sums = {
      conversion: { a: share(10_000, 1_000), b: share(10_000, 1_090), c: share(10_000, 1_130) },
    };
    const [primary] = read([conversion], sums, { experiment });
    expect(primary?.method.level).toBeCloseTo(0.975, 12);
    const [b, c] = primary?.results ?? [];
    // z 2.0806 and 2.9806, p from Python's erfc; Holm doubles the smaller one only.
    expect(b?.pValue).toBeCloseTo(0.0374727, 4);
    expect(c?.pValue).toBeCloseTo(0.0028769, 6);
    expect(c?.adjustedPValue).toBeCloseTo(2 * 0.0028769, 6);
    expect(b?.adjustedPValue).toBeCloseTo(0.0374727, 4);
    expect([b?.status, c?.status]).toEqual(['better', 'better']);
    expect(b?.absolute.low).toBeLessThan(0);
  });

  it('leaves everything alone without correction', () => {
    const experiment = anExperiment({ variants: three });
    const sums = {
      conversion: { a: share(10_000, 1_000), b: share(10_000, 1_090), c: share(10_000, 1_130) },
    };
    const inference = { ...fixed, correction: 'none' as const };
    const [primary] = read([conversion], sums, { experiment, inference });
    expect(primary?.method.level).toBe(0.95);
    expect(primary?.results[0]).not.toHaveProperty('adjustedPValue');
  });

  it('corrects secondary metrics among themselves, by the false discovery rate', () => {
    const keys = ['s1', 's2', 's3', 's4', 's5'];
    const metrics = [
      conversion,
      ...keys.map((key) => aMetric({ key, kind: 'proportion', event: 'e' })),
    ];
    const experiment = anExperiment({ metrics: { primary: 'conversion', secondary: keys } });
    const same = { a: share(10_000, 1_000), b: share(10_000, 1_000) };
    const sums = {
      conversion: same,
      ...Object.fromEntries(keys.map((key) => [key, same])),
      s1: { a: share(10_000, 1_000), b: share(10_000, 1_090) },
    };
    const found = read(metrics, sums, { experiment });
    const first = found.find((m) => m.metric === 's1')?.results[0];
    expect(first?.adjustedPValue).toBeCloseTo(5 * 0.0374727, 3);
    // Its interval leaves out 0, but one of five at p = .037 is what chance brings.
    expect(first?.absolute.low).toBeGreaterThan(0);
    expect(first?.status).toBe('neutral');
  });

  it('holds a guardrail against its margin, at 90 %', () => {
    const experiment = anExperiment({
      metrics: { primary: 'conversion', guardrails: [{ metric: 'refunds', margin: 0.1 }] },
    });
    const refunds = aMetric({ key: 'refunds', kind: 'proportion', event: 'e', direction: 'down' });
    const status = (k: number, n = 100_000) => {
      const found = read(
        [refunds],
        { refunds: { a: share(n, n / 50), b: share(n, k) } },
        { experiment },
      );
      const [result] = found[0]?.results ?? [];
      expect(found[0]).toMatchObject({ role: 'guardrail', margin: 0.1, method: { level: 0.9 } });
      return [result?.status, result?.worst] as const;
    };
    expect(status(2_000)[0]).toBe('safe');
    expect(status(2_000)[1]).toBeLessThan(0.1);
    expect(status(200, 10_000)[0]).toBe('not_proven');
    expect(status(200, 10_000)[1]).toBeGreaterThan(0.1);
    expect(status(2_400)[0]).toBe('harmed');
    expect(status(1_600)[0]).toBe('improved');
  });

  it('says that a guardrail without margin only protects from harm', () => {
    const experiment = anExperiment({ metrics: { guardrails: [{ metric: 'revenue' }] } });
    const moments = { n: 1_000, mean: [5], comoment: [4_000] };
    const [found] = read([revenue], { revenue: { a: moments, b: moments } }, { experiment });
    expect(found?.results[0]).toMatchObject({ status: 'neutral', notes: ['no_margin'] });
    expect(found?.results[0]).not.toHaveProperty('worst');
  });

  it.each([
    ['few units', share(99, 30), share(99, 40), ['few_units', 'burn_in']],
    ['few conversions', share(5_000, 19), share(5_000, 60), ['few_conversions', 'burn_in']],
  ])('holds a sequential result back with %s', (_, a, b, notes) => {
    const inference: Inference = { ...fixed, kind: 'confidenceSequence' };
    const [found] = read([conversion], { conversion: { a, b } }, { inference });
    expect(found?.results[0]).toMatchObject({ status: 'insufficient', pValue: null, notes });
  });

  it('holds a fixed-horizon result back until its planned sample', () => {
    const sums = { conversion: { a: share(1_000, 100), b: share(1_000, 200) } };
    const [early] = read([conversion], sums, { inference: { ...fixed, plannedPerVariant: 2_000 } });
    expect(early?.precision).toBe(0.5);
    expect(early?.results[0]).toMatchObject({ status: 'insufficient', pValue: null });
    expect(early?.results[0]?.notes).toContain('before_planned_sample');
    const [full] = read([conversion], sums, { inference: { ...fixed, plannedPerVariant: 1_000 } });
    expect(full?.results[0]?.status).toBe('better');
  });

  it('turns the words, not the numbers, where lower is better', () => {
    const down = aMetric({ key: 'conversion', kind: 'proportion', event: 'e', direction: 'down' });
    const sums = { conversion: { a: share(10_000, 1_000), b: share(10_000, 1_200) } };
    const [rise] = read([conversion], sums)[0]?.results ?? [];
    const [harm] = read([down], sums)[0]?.results ?? [];
    expect([rise?.status, harm?.status]).toEqual(['better', 'worse']);
    expect(harm?.absolute).toEqual(rise?.absolute);
    expect(Number(harm?.probabilityBetter)).toBeCloseTo(1 - Number(rise?.probabilityBetter), 12);
    // What is lost by shipping is the rise itself: E[r⁺] = E[r] + E[r⁻].
    expect(Number(harm?.expectedLoss)).toBeGreaterThan(0.05);
    expect(Number(rise?.expectedLoss)).toBeLessThan(0.001);
  });

  it('draws the lift towards what is usual, and says how often such a win is false', () => {
    const sums = { conversion: { a: share(10_000, 1_000), b: share(10_000, 1_090) } };
    const [win] = read([conversion], sums)[0]?.results ?? [];
    const lift = win?.relative?.estimate ?? Number.NaN;
    expect(lift).toBeCloseTo(0.09, 12);
    // Prior N(0, 0.1²) against a standard error of about 0.0447: a sixth is taken off.
    expect(Number(win?.shrunk?.estimate) / lift).toBeCloseTo(0.833, 2);
    // (p/2 · 0.9) / (p/2 · 0.9 + 0.8 · 0.1), p = 0.0374727
    expect(win?.falsePositiveRisk).toBeCloseTo(0.174089, 5);
    expect(win?.notes).toEqual([]);
    const none = { conversion: { a: share(10_000, 1_000), b: share(10_000, 1_010) } };
    expect(read([conversion], none)[0]?.results[0]).not.toHaveProperty('falsePositiveRisk');
  });

  it.each([
    [1_600, ['too_good_to_be_true']],
    [1_200, []],
  ])('doubts what looks too good: 1,000 against %i of 10,000', (k, notes) => {
    const sums = { conversion: { a: share(10_000, 1_000), b: share(10_000, k) } };
    expect(read([conversion], sums)[0]?.results[0]?.notes).toEqual(notes);
  });

  const sample = fc
    .record({ n: fc.integer({ min: 0, max: 1e9 }), p: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, p }) => (n === 0 ? { n, mean: [0], comoment: [0] } : share(n, Math.round(n * p))));

  it('flips every sign when the two variants are swapped', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(...kinds), (a, b, kind) => {
        const inference = { ...fixed, kind };
        const [there] =
          read([conversion], { conversion: { a, b } }, { inference })[0]?.results ?? [];
        const [back] =
          read([conversion], { conversion: { a, b } }, { inference, baseline: 'b' })[0]?.results ??
          [];
        if (kind === 'bayesian') return; // The prior is on the lift over the baseline, which swapping changes.
        expect(back?.absolute.low ?? 0).toBeCloseTo(-(there?.absolute.high ?? 0), 12);
        expect(back?.pValue ?? 2).toBeCloseTo(there?.pValue ?? 2, 12);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('never lets the lift and the p-value contradict each other', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom('fixed', 'confidenceSequence'), (a, b, kind) => {
        const metric = aMetric({ key: 'conversion', kind: 'mean', event: 'e' });
        const [found] =
          read([metric], { conversion: { a, b } }, { inference: { ...fixed, kind } })[0]?.results ??
          [];
        if (found === undefined || found.pValue === null || found.relative === null) return;
        const { low, high } = found.relative;
        if (low === null || high === null || Math.abs(found.pValue - 0.05) < 1e-9) return;
        expect(low > 0 || high < 0).toBe(found.pValue <= 0.05);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  const wild = fc.constantFrom(
    0,
    1,
    -1,
    0.5,
    1e-300,
    1e300,
    -1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  );
  const anything = (columns: number) =>
    fc.record({
      n: fc.constantFrom(0, 1, 2, 99, 100, 1e15),
      mean: fc.array(wild, { minLength: columns, maxLength: columns }),
      comoment: fc.array(wild, {
        minLength: (columns * (columns + 1)) / 2,
        maxLength: (columns * (columns + 1)) / 2,
      }),
    });
  const shapes: readonly [Metric, number][] = [
    [conversion, 1],
    [conversion, 2],
    [revenue, 1],
    [revenue, 2],
    [
      aMetric({ key: 'm', kind: 'ratio', numerator: { event: 'e' }, denominator: { event: 'f' } }),
      2,
    ],
    [
      aMetric({ key: 'm', kind: 'ratio', numerator: { event: 'e' }, denominator: { event: 'f' } }),
      4,
    ],
    [aMetric({ key: 'm', kind: 'retention', event: 'e', fromDay: 1, toDay: 2 }), 2],
    [aMetric({ key: 'm', kind: 'funnel', steps: [{ event: 'e' }, { event: 'f' }] }), 2],
    [aMetric({ key: 'm', kind: 'quantile', event: 'e', q: 0.5 }), 2],
  ];
  it.each(shapes.map(([metric, columns]) => ({ metric, columns, kind: metric.kind })))(
    'answers null with a note for the wildest $kind of $columns columns, and never throws',
    ({ metric, columns }) => {
      const experiment: Experiment = anExperiment({
        metrics: { primary: metric.key, secondary: [], guardrails: [] },
      });
      const guarded: Experiment = anExperiment({
        metrics: { guardrails: [{ metric: metric.key, margin: 0.02 }] },
      });
      fc.assert(
        fc.property(
          anything(columns),
          anything(columns),
          fc.constantFrom(...kinds),
          (a, b, kind) => {
            for (const asked of [experiment, guarded]) {
              const found = read(
                [metric],
                { [metric.key]: { a, b } },
                { experiment: asked, inference: { ...fixed, kind } },
              );
              expect(() => metricReadout.array().parse(found)).not.toThrow();
              const open = found
                .flatMap((m) => m.results)
                .filter(({ absolute }) => absolute.low === null && absolute.high === null);
              expect(open.filter(({ notes }) => notes.length === 0)).toEqual([]);
            }
          },
        ),
        { seed: 3, numRuns: 300 },
      );
    },
  );
});
