import { describe, expect, it } from 'vitest';
import type { Metric } from '@assay/server/contract';
import { baseline as schema } from '@assay/server/contract/planning';
import { baseline, baselineOf } from '@assay/server/planning/baseline';
import { openPlainEvents } from '../../support/plain-events.ts';
import { aMetric, conversion, day, started } from '../readout/given.ts';
import { plantedEvents } from '../readout/planted.ts';

const metrics: readonly Metric[] = [
  conversion,
  aMetric({ key: 'revenue', kind: 'mean', event: 'paid', window: { days: 2 } }),
  aMetric({
    key: 'order-value',
    kind: 'ratio',
    numerator: { event: 'paid', value: 'value' },
    denominator: { event: 'paid' },
  }),
  aMetric({ key: 'p50', kind: 'quantile', event: 'paid', q: 0.5 }),
];
const asOf = started + 10 * day;
async function ask(metric: string) {
  const events = openPlainEvents();
  await events.append(plantedEvents().filter((e) => e.time < started + 2 * day));
  return baseline(
    {
      definitions: { metric: (key) => metrics.find((m) => m.key === key) },
      events,
      clock: () => asOf,
    },
    { metric, environment: 'production', days: 28 },
  );
}
const period = { from: started, to: asOf };

describe('baseline', () => {
  it('measures a rate with its error and the growth of units', async () => {
    const found = await ask('conversion');
    expect(schema.parse(found)).toEqual(found);
    const { rate, variance, units, standardError } = found;
    expect(rate).toBeGreaterThan(0.1);
    expect(rate).toBeLessThan(1);
    const p = Number(rate);
    expect(variance).toBeCloseTo((p * (1 - p) * units) / (units - 1), 12);
    expect(standardError).toBeCloseTo(Math.sqrt(Number(variance) / units), 12);
    expect(found.growth.at(-1)).toBeGreaterThanOrEqual(units);
    expect(found.growth).toEqual(found.growth.toSorted((a, b) => a - b));
    expect(found).toMatchObject({ mean: null, ratio: null, from: '2025-12-14T00:00:00.000Z' });
  });

  it.each(['revenue', 'order-value', 'p50'])('answers for %s', async (metric) => {
    const found = await ask(metric);
    expect(schema.parse(found)).toEqual(found);
    expect(found.rate).toBeNull();
  });

  it('gives the parts of a ratio, and its variance by the delta method', () => {
    const metric = aMetric({
      key: 'm',
      kind: 'ratio',
      numerator: { event: 'a' },
      denominator: { event: 'b' },
    });
    const moments = { n: 5, mean: [1, 2], comoment: [8, 4, 16] };
    const found = baselineOf(metric, period, { units: 5, moments, growth: [] });
    expect(found.ratio).toEqual({
      numerator: { mean: 1, variance: 2 },
      denominator: { mean: 2, variance: 4 },
      covariance: 1,
    });
    // (2 − 2·½·1 + ¼·4) / 2²
    expect(found).toMatchObject({ mean: 0.5, variance: 0.5 });
  });

  it('tells how much the past explains', () => {
    const metric = aMetric({ key: 'm', kind: 'count', event: 'a' });
    const moments = { n: 5, mean: [1, 1], comoment: [4, 3, 4] };
    expect(baselineOf(metric, period, { units: 5, moments, growth: [] }).cupedR2).toBe(0.5625);
  });

  it('counts units a day from the first day that has any', () => {
    const moments = { n: 40, mean: [0.5], comoment: [10] };
    const growth = [
      { day: '2026-01-07', units: 10 },
      { day: '2026-01-08', units: 40 },
    ];
    expect(baselineOf(conversion, period, { units: 40, moments, growth }).unitsPerDay).toBe(10);
  });

  it('is null with a note where there is nothing', () => {
    const nothing = { units: 0, moments: { n: 0, mean: [0], comoment: [0] }, growth: [] };
    const found = baselineOf(conversion, period, nothing, {
      attr: 'country',
      op: 'eq',
      value: 'CN',
    });
    expect(schema.parse(found)).toEqual(found);
    expect(found).toMatchObject({
      units: 0,
      rate: null,
      variance: null,
      standardError: null,
      unitsPerDay: null,
      cupedR2: null,
      notes: ['too_few_units', 'audience_not_applied'],
    });
  });

  it('knows no metric of that name', async () => {
    await expect(ask('nope')).rejects.toThrow('No metric "nope".');
  });
});
