import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Experiment, Metric } from '@assay/server/contract';
import { breakdown, health, readout, series } from '@assay/server/contract/readout';
import { readouts, type Readouts } from '@assay/server/readout/service';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { EventStore } from '@assay/server/store/events/port';
import { openPlainEvents } from '../../support/plain-events.ts';
import { aMetric, anExperiment, conversion, day, started } from './given.ts';
import { exposure, plantedEvents, track } from './planted.ts';

const week = { window: { days: 7 } };
const metrics: readonly Metric[] = [
  conversion,
  aMetric({ key: 'revenue', kind: 'mean', event: 'paid', cap: { percentile: 0.99 }, ...week }),
  aMetric({
    key: 'order-value',
    kind: 'ratio',
    numerator: { event: 'paid', value: 'value' },
    denominator: { event: 'paid' },
    ...week,
  }),
  aMetric({ key: 'refunds', kind: 'proportion', event: 'refund', direction: 'down', ...week }),
  aMetric({ key: 'd1', kind: 'retention', event: 'paid', fromDay: 0, toDay: 1 }),
  aMetric({
    key: 'whole',
    kind: 'funnel',
    steps: [{ event: 'paid' }, { event: 'refund' }],
    ...week,
  }),
  aMetric({ key: 'p50', kind: 'quantile', event: 'paid', q: 0.5, ...week }),
];
const planned = anExperiment({
  metrics: {
    primary: 'conversion',
    secondary: ['revenue', 'order-value', 'd1', 'whole', 'p50'],
    guardrails: [{ metric: 'refunds', margin: 0.5 }],
  },
  plan: { unitsPerVariant: 1_000, days: 7 },
  analysis: { method: 'fixed' },
});
const asOf = started + 20 * day;

function open(
  events: Pick<EventStore, 'moments' | 'counts' | 'rejected'>,
  experiment: Experiment = planned,
): Readouts {
  return readouts({
    definitions: {
      experiment: (key) => (key === 'exp' ? experiment : undefined),
      metric: (key) => metrics.find((m) => m.key === key),
    },
    events,
    clock: () => asOf,
  });
}

const folder = mkdtempSync(join(tmpdir(), 'assay-readout-'));
let store: EventStore;
beforeAll(async () => {
  store = await openEmbeddedEvents({ folder });
  await store.append(plantedEvents());
  await store.append([track('stranger', 'paid', asOf - 3_600_000, 1)]);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('readout', () => {
  it('reads the planted effect', async () => {
    const found = await open(store).readout('exp', {});
    expect(readout.parse(found)).toEqual(found);
    expect(found).toMatchObject({
      units: { a: 1_000, b: 1_000 },
      reading: 'all',
      method: 'fixed',
      day: 20,
      plannedUnitsPerVariant: 1_000,
      srm: { pValue: 1, suspicious: false, expected: { a: 1_000, b: 1_000 } },
      lastEvent: new Date(asOf - 3_600_000).toISOString(),
      verdict: { decision: 'ship', variant: 'b' },
    });
    expect(found.metrics.map((m) => [m.metric, m.role, m.results[0]?.status])).toEqual([
      ['conversion', 'primary', 'better'],
      ['revenue', 'secondary', 'better'],
      ['order-value', 'secondary', 'neutral'],
      ['d1', 'secondary', 'better'],
      ['whole', 'secondary', 'neutral'],
      ['p50', 'secondary', 'insufficient'],
      ['refunds', 'guardrail', 'safe'],
    ]);
  });

  it('gives the primary its exact figures', async () => {
    const { metrics: read } = await open(store).readout('exp', { cuped: 'false' });
    const [primary] = read;
    const [b] = primary?.results ?? [];
    expect(primary).toMatchObject({
      kind: 'proportion',
      method: { estimator: 'unpooled', interval: 'fixed', cuped: false, level: 0.95 },
      control: { variant: 'a', n: 1_000, value: 0.1, total: 100 },
      precision: 1,
      matured: 1,
    });
    expect(b).toMatchObject({ variant: 'b', n: 1_000, value: 0.2, total: 200 });
    // √(0.1·0.9/1000 + 0.2·0.8/1000); p and interval from the normal distribution.
    expect(b?.standardError).toBeCloseTo(0.015811388300841896, 10);
    expect(b?.absolute.estimate).toBeCloseTo(0.1, 12);
    expect(b?.absolute.low).toBeCloseTo(0.1 - 1.959963984540054 * 0.015811388300841896, 5);
    expect(b?.relative?.estimate).toBeCloseTo(1, 12);
    expect(b?.pValue).toBeLessThan(1e-9);
    expect(b?.inner?.p50.low).toBeGreaterThan(b?.inner?.p80.low ?? Number.NaN);
    expect(b?.inner?.p80.low).toBeGreaterThan(b?.relative?.low ?? Number.NaN);
    expect(b?.probabilityBetter).toBeGreaterThan(0.95);
  });

  it('caps for all variants alike and shows the result without the cap', async () => {
    const { metrics: read } = await open(store).readout('exp', { cuped: 'false' });
    const revenue = read.find((m) => m.metric === 'revenue');
    // 300 payments of units, two of them 1,000: the 99th percentile of the non-zero totals is 10.
    expect(revenue?.cap).toEqual({ at: 10, units: 2 });
    expect(revenue?.control.value).toBeCloseTo(1, 12);
    expect(revenue?.results[0]?.value).toBeCloseTo(2, 12);
    expect(revenue?.results[0]?.uncapped?.absolute.estimate).toBeCloseTo(2.99 - 1.99, 12);
  });

  it('takes CUPED in and out', async () => {
    const service = open(store);
    const on = await service.readout('exp', { cuped: 'true' });
    expect(on.checks.find((c) => c.id === 'prePeriod')).toMatchObject({ status: 'ok', value: 1 });
    const off = await service.readout('exp', { cuped: 'false' });
    expect(off.checks.find((c) => c.id === 'prePeriod')).toBeUndefined();
  });

  it('flips every sign when the baseline is the other variant', async () => {
    const service = open(store);
    const there = await service.readout('exp', { cuped: 'false' });
    const back = await service.readout('exp', { cuped: 'false', vs: 'b' });
    for (const [i, metric] of there.metrics.entries()) {
      const [forth] = metric.results;
      const [again] = back.metrics[i]?.results ?? [];
      expect(again?.variant).toBe('a');
      expect(again?.absolute.estimate ?? 0).toBeCloseTo(-(forth?.absolute.estimate ?? 0), 12);
      expect(again?.absolute.low ?? 0).toBeCloseTo(-(forth?.absolute.high ?? 0), 12);
      expect(again?.pValue ?? 2).toBeCloseTo(forth?.pValue ?? 2, 12);
    }
    expect(back.verdict.decision).toBe('rollback');
  });

  // A doubled conversion is far outside the prior: the Bayesian view holds back.
  it.each([
    ['sequential', 'confidenceSequence', 'better'],
    ['bayesian', 'bayesian', 'neutral'],
  ] as const)('answers by the %s method too', async (method, kind, status) => {
    const found = await open(store).readout('exp', { method });
    expect(readout.parse(found)).toEqual(found);
    expect(found.method).toBe(kind);
    expect(found.metrics[0]?.results[0]?.status).toBe(status);
  });

  it('reads only units exposed in the asked time', async () => {
    const from = new Date(started + 5 * day).toISOString();
    const found = await open(store).readout('exp', { from });
    expect(found.units).toEqual({ a: 500, b: 500 });
  });

  it('takes matured units once the experiment has ended', async () => {
    const stoppedAt = new Date(started + 12 * day).toISOString();
    const ended = anExperiment({ ...planned, status: 'stopped', stoppedAt });
    const found = await open(store, ended).readout('exp', {});
    expect(found).toMatchObject({ reading: 'matured', day: 12, verdict: { decision: 'ship' } });
  });

  it('leaves out and counts units that saw both variants', async () => {
    const mixed = openPlainEvents();
    await mixed.append(plantedEvents());
    await mixed.append([track('stranger', 'paid', asOf - 3_600_000, 1)]);
    await mixed.append(
      Array.from({ length: 40 }, (_, i) => exposure(`a${i}`, 'b', started + 11 * day, 'web')),
    );
    const found = await open(mixed).readout('exp', {});
    expect(found.units).toEqual({ a: 960, b: 1_000 });
    expect(found.checks.find((c) => c.id === 'crossover')).toMatchObject({
      status: 'fail',
      value: 0.02,
      detail: { units: 40 },
    });
    expect(found.verdict).toMatchObject({ decision: 'invalid', reasons: [{ code: 'crossover' }] });
  });

  it.each(['running', 'draft', 'stopped'])(
    'answers for a %s experiment nobody has seen',
    async (status) => {
      for (const method of ['fixed', 'sequential', 'bayesian'] as const) {
        const found = await open(openPlainEvents(), anExperiment({ ...planned, status })).readout(
          'exp',
          { method },
        );
        expect(readout.parse(found)).toEqual(found);
        expect(found.units).toEqual({ a: 0, b: 0 });
        expect(
          found.metrics.every((m) => m.results.every((r) => r.status === 'insufficient')),
        ).toBe(true);
        expect(['continue', 'inconclusive']).toContain(found.verdict.decision);
      }
    },
  );

  it('names what it does not know', async () => {
    const service = open(store);
    await expect(service.readout('other', {})).rejects.toThrow('No experiment "other".');
    await expect(service.readout('exp', { vs: 'z' })).rejects.toThrow(
      'vs is "z", must be one of a, b.',
    );
    await expect(service.readout('exp', { phase: 3 })).rejects.toThrow(
      'phase is 3, must be 1 to 1.',
    );
    await expect(service.series('exp', { metric: 'x', by: 'cohort' })).rejects.toThrow(
      'Metric "x" is not one of this experiment\'s: conversion,',
    );
    await expect(service.breakdown('exp', { by: 'a,b,c' })).rejects.toThrow(
      'by names 3 attributes',
    );
  });

  it('asks the store once for many viewers', async () => {
    let asked = 0;
    const counting = {
      ...store,
      moments: (query: Parameters<EventStore['moments']>[0]) => {
        asked++;
        return store.moments(query);
      },
    };
    const service = open(counting);
    await Promise.all([service.readout('exp', {}), service.readout('exp', {})]);
    await service.readout('exp', {});
    expect(asked).toBe(2);
  });
});

describe('series', () => {
  it('accumulates by day', async () => {
    const found = await open(store).series('exp', { metric: 'conversion', by: 'cumulative' });
    expect(series.parse(found)).toEqual(found);
    expect(found.days.map((d) => d.units['a']).slice(0, 11)).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_000,
    ]);
    const last = found.days.at(-1)?.results[0];
    expect(last?.value).toBeCloseTo(0.2, 12);
    expect(last?.relative80?.low).toBeGreaterThan(last?.relative?.low ?? Number.NaN);
  });

  it('splits by cohort', async () => {
    const found = await open(store).series('exp', { metric: 'conversion', by: 'cohort' });
    expect(found.days).toHaveLength(10);
    expect(found.days[0]).toMatchObject({ day: '2026-01-01', units: { a: 100, b: 100 } });
  });
});

describe('breakdown', () => {
  it('cuts by an attribute and asks whether the effect differs', async () => {
    const found = await open(store).breakdown('exp', { by: 'platform' });
    expect(breakdown.parse(found)).toEqual(found);
    expect(found.metric).toBe('conversion');
    expect(found.slices.map((s) => [s.slice, s.share, s.units])).toEqual([
      [['phone'], 0.5, { a: 500, b: 500 }],
      [['web'], 0.5, { a: 500, b: 500 }],
    ]);
    // On the web 100 of 500 against 100 of 500, on the phone 0 against 100: the effect is the phone's.
    expect(found.slices.map((s) => s.results[0]?.absolute.estimate)).toEqual([0.2, 0]);
    expect(found.differs).toMatchObject([{ variant: 'b', df: 1 }]);
    expect(found.differs[0]?.pValue).toBeLessThan(1e-6);
  });

  it('finds the slice that carries an imbalance of the split', async () => {
    const skewed = openPlainEvents();
    const split = { web: [200, 200], phone: [200, 200], tv: [120, 40] } as const;
    let i = 0;
    for (const [platform, [a, b]] of Object.entries(split))
      for (const [variant, n] of [
        ['a', a],
        ['b', b],
      ] as const)
        await skewed.append(
          Array.from({ length: n }, () => exposure(`u${i++}`, variant, started + i, platform)),
        );
    const found = await open(skewed).breakdown('exp', { by: 'platform' });
    const ratioOf = (platform: string) => found.slices.find((s) => s.slice[0] === platform)?.srm;
    expect(ratioOf('web')).toBe(1);
    // χ² = 40 with one degree of freedom, p = 2.54e-10, times three slices.
    expect(ratioOf('tv')).toBeCloseTo(3 * 2.53963e-10, 14);
  });

  it('joins what comes after the fifty largest slices', async () => {
    const many = openPlainEvents();
    await many.append(
      Array.from({ length: 120 }, (_, i) =>
        exposure(`u${i}`, i % 2 === 0 ? 'a' : 'b', started + i, `p${i < 60 ? i % 3 : i}`),
      ),
    );
    const found = await open(many).breakdown('exp', { by: 'platform' });
    expect(found.slices).toHaveLength(51);
    expect(found.slices.at(-1)?.slice).toEqual(['*']);
    const total = found.slices.reduce((n, s) => n + (s.units['a'] ?? 0) + (s.units['b'] ?? 0), 0);
    expect(total).toBe(120);
    expect(found.slices.reduce((sum, s) => sum + s.share, 0)).toBeCloseTo(1, 12);
  });
});

describe('health', () => {
  it('shows the split day by day', async () => {
    const found = await open(store).health('exp');
    expect(health.parse(found)).toEqual(found);
    expect(found.byDay).toHaveLength(10);
    expect(found.byDay[0]).toEqual({ day: '2026-01-01', units: { a: 100, b: 100 }, pValue: 1 });
  });
});
