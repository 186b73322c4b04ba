import { describe, expect, it } from 'vitest';
import type { Metric } from '@assay/server/contract';
import { calibration } from '@assay/server/contract/calibration';
import { calibrationOf, halvesQuery } from '@assay/server/calibration/calibrate';
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { HalvesAnswer } from '@assay/server/store/events/port';
import { noon, track } from '../../contract/event-store/stores.ts';
import { temporaryFolder } from '../../support/server.ts';
import { Random } from '../../support/simulation/random.ts';
import { aMetric } from '../readout/given.ts';

const day = 86_400_000;
const now = noon + 10 * day;
const revenue = aMetric({ key: 'revenue', kind: 'mean', event: 'paid', window: { days: 2 } });
const conversion = aMetric({ key: 'conversion', kind: 'proportion', event: 'paid' });
const orderValue = aMetric({
  key: 'order-value',
  kind: 'ratio',
  numerator: { event: 'paid', value: 'value' },
  denominator: { event: 'paid' },
});
const typical = aMetric({ key: 'p50', kind: 'quantile', event: 'paid', q: 0.5 });

/** A shop of 1,500 units: a third buy, once to three times, with long tails. */
async function shop(metrics: readonly Metric[]) {
  const store = await openEmbeddedEvents({ folder: temporaryFolder(), readers: 1 });
  const random = new Random(7);
  const events = Array.from({ length: 1_500 }, (_, i) => {
    const orders = random.uniform() < 0.33 ? 1 + Math.floor(3 * random.uniform()) : 0;
    return [
      track(`u${i}`, 'visit', { at: noon }),
      ...Array.from({ length: orders }, () =>
        track(`u${i}`, 'paid', { at: noon + 1_000, value: Math.exp(3 + random.normal()) }),
      ),
    ];
  }).flat();
  for (let i = 0; i < events.length; i += 1_000) await store.append(events.slice(i, i + 1_000));
  const found = [];
  for (const metric of metrics) {
    const query = halvesQuery(metric, { environment: 'production', now, seed: 11 });
    found.push({ metric, query, answer: await store.halves(query) });
  }
  await store.close();
  return found;
}

describe('calibrationOf', () => {
  it('trusts metrics whose test holds its level on the units of a shop', async () => {
    for (const { metric, query, answer } of await shop([
      revenue,
      conversion,
      orderValue,
      typical,
    ])) {
      const found = calibrationOf(metric, query, answer);
      expect(calibration.parse({ ...found, at: found.to })).toMatchObject(found);
      expect(found, metric.key).toMatchObject({ trusted: true, units: 1_500, seeds: 400 });
      expect(found.low).toBeLessThanOrEqual(0.05);
      expect(found.high).toBeGreaterThanOrEqual(0.05);
      // The same seed gives the same answer.
      expect(calibrationOf(metric, query, answer)).toEqual(found);
    }
  }, 60_000);

  it('does not trust a variance that is too small by half, as of events taken for units', async () => {
    const [given] = await shop([revenue]);
    const { metric, query, answer } = given!;
    const halved = answer.splits.map((pair) =>
      pair.map((row) => ({
        ...row,
        moments: { ...row.moments, comoment: row.moments.comoment.map((c) => c / 2) },
      })),
    ) as unknown as HalvesAnswer['splits'];
    const found = calibrationOf(metric, query, { ...answer, splits: halved });
    expect(found.trusted).toBe(false);
    expect(found.falsePositiveRate).toBeGreaterThan(0.1);
    expect(found.low).toBeGreaterThan(0.05);
  }, 60_000);

  it('passes no judgement on an outcome too rare for more than an exact test', () => {
    const query = halvesQuery(conversion, { environment: 'production', now, seed: 1 });
    const row = (variant: string, n: number, k: number) => ({
      metric: 'conversion',
      variant,
      moments: { n, mean: [k / n], comoment: [k - (k * k) / n] },
    });
    const splits = query.seeds.map(
      (_, i) => [row('a', 500, i % 4), row('b', 500, 3 - (i % 4))] as const,
    );
    const found = calibrationOf(conversion, query, { units: 1_000, splits });
    expect(found).toMatchObject({ trusted: null, falsePositiveRate: 0, notes: ['small_counts'] });
  });

  it('tells nothing of nobody', () => {
    const query = halvesQuery(conversion, { environment: 'production', now, seed: 1 });
    expect(calibrationOf(conversion, query, { units: 0, splits: [] })).toMatchObject({
      falsePositiveRate: null,
      trusted: null,
      notes: ['too_few_units'],
    });
  });
});
