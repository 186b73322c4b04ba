import type { EventStore, MetricQuery, MomentAnswer } from '@assay/server/store/events/port';
import type { Moments } from '@assay/server/stats/moments';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapters, day, exposure, hour, track, uuid, type Opened } from './stores.ts';

interface Log {
  readonly now: number;
  readonly exposures: readonly {
    readonly user: string;
    readonly arm: string;
    readonly ts: number;
  }[];
  readonly events: readonly {
    readonly id: string;
    readonly user: string;
    readonly name: string;
    readonly ts: number;
    readonly value: number | null;
  }[];
}
interface Case {
  readonly id: string;
  readonly method: string;
  readonly expected: never;
}
const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../golden/stats/${name}.json`, import.meta.url), 'utf8'));
const log = golden('14_event_log') as Log;
const { cases } = golden('14_pipeline') as { readonly cases: readonly Case[] };
const expected = (method: string): never => {
  const found = cases.find((c) => c.method === `pipeline.${method}`);
  if (found === undefined) throw new Error(`no golden case ${method}`);
  return found.expected;
};
type Sums = Readonly<Record<string, Readonly<Record<string, number>>>>;

const asOf = log.now * 1_000;
const windowMs = 72 * hour;
const purchase = { event: 'purchase', value: 'value' } as const;
const metrics: readonly MetricQuery[] = [
  { id: 'conversion72h', kind: 'proportion', event: 'purchase', windowMs },
  { id: 'revenue72h', kind: 'mean', ...purchase, windowMs },
  { id: 'revenue72hCapped100', kind: 'mean', ...purchase, windowMs, cap: { absolute: 100 } },
  { id: 'orders72h', kind: 'count', event: 'purchase', windowMs },
  {
    id: 'revenuePerOrder',
    kind: 'ratio',
    numerator: purchase,
    denominator: { event: 'purchase' },
    windowMs,
  },
  {
    id: 'ordersPerView',
    kind: 'ratio',
    numerator: { event: 'purchase' },
    denominator: { event: 'view' },
    windowMs,
  },
  { id: 'retentionD1', kind: 'retention', event: 'session', fromDay: 1, toDay: 2 },
  { id: 'retentionD7', kind: 'retention', event: 'session', fromDay: 7, toDay: 8 },
  {
    id: 'funnel',
    kind: 'funnel',
    steps: [{ event: 'view' }, { event: 'cart' }, { event: 'purchase' }],
    windowMs,
  },
  { id: 'cuped', kind: 'mean', ...purchase, windowMs, prePeriodMs: 14 * day },
];

/** Σa, Σb … and Σab back from centred moments. */
const sum = (m: Moments, i = 0): number => m.n * (m.mean[i] ?? 0);
const sumOfProducts = (m: Moments, i: number, j: number): number => {
  const k = m.mean.length;
  const at = i * k - (i * (i - 1)) / 2 + (j - i);
  return (m.comoment[at] ?? 0) + m.n * (m.mean[i] ?? 0) * (m.mean[j] ?? 0);
};
/** How far off, in units of the golden tolerance. */
const off = (got: number, want: number): number =>
  Math.abs(got - want) / (1e-9 + 1e-9 * Math.abs(want));

for (const { name, open } of adapters)
  describe(`the golden event log, in the ${name}`, () => {
    let opened: Opened;
    let store: EventStore;
    let answer: MomentAnswer;
    let accepted = 0;
    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
      const ids = new Map<string, string>();
      const events = log.events.map((e) => {
        if (!ids.has(e.id)) ids.set(e.id, uuid(1_000_000 + ids.size));
        return track(e.user, e.name, {
          id: ids.get(e.id)!,
          at: e.ts * 1_000,
          ...(e.value !== null && { value: e.value }),
        });
      });
      for (let i = 0; i < events.length; i += 500)
        accepted += (await store.append(events.slice(i, i + 500))).accepted;
      await store.append(log.exposures.map((e) => exposure(e.user, e.arm, { at: e.ts * 1_000 })));
      answer = await store.moments({
        environment: 'production',
        experiment: 'one-page',
        phase: 1,
        unitType: 'userId',
        variants: ['control', 'treatment'],
        from: 0,
        to: asOf,
        asOf,
        reading: 'all',
        timeZone: 'UTC',
        metrics,
      });
    });
    afterAll(() => opened.end());
    const row = (metric: string, variant: string): Moments =>
      answer.rows.find((r) => r.metric === metric && r.variant === variant)!.moments;

    it('counts every event before now once', async () => {
      const { events } = await store.counts({
        environment: 'production',
        from: asOf - 60 * day,
        to: asOf,
        timeZone: 'UTC',
      });
      expect(events.reduce((total, e) => total + e.events, 0)).toBe(expected('eventsAfterDedup'));
      expect(accepted).toBe(new Set(log.events.map((e) => e.id)).size);
    });
    it('counts exposed units and leaves out those of two variants', () => {
      expect(Object.fromEntries(answer.units.map((u) => [u.variant, u.units]))).toEqual(
        expected('exposed'),
      );
      expect(answer.crossovers).toBe(expected('multipleExposureUsers'));
    });

    for (const variant of ['control', 'treatment'] as const) {
      it.each(['conversion72h', 'revenue72h', 'revenue72hCapped100', 'orders72h'])(
        `%s of ${variant}`,
        (metric) => {
          const want = (expected(metric) as Sums)[variant]!;
          const got = row(metric, variant);
          expect(got.n).toBe(want['n']!);
          expect(off(sum(got), want['sum']!)).toBeLessThanOrEqual(1);
          expect(off(sumOfProducts(got, 0, 0), want['sumSq']!)).toBeLessThanOrEqual(1);
        },
      );
      it.each(['revenuePerOrder', 'ordersPerView'])(`%s of ${variant}`, (metric) => {
        const want = (expected(metric) as Sums)[variant]!;
        const got = row(metric, variant);
        expect(got.n).toBe(want['n']);
        expect(off(sum(got, 0), want['sumM']!)).toBeLessThanOrEqual(1);
        expect(off(sum(got, 1), want['sumD']!)).toBeLessThanOrEqual(1);
        expect(off(sumOfProducts(got, 0, 0), want['sumM2']!)).toBeLessThanOrEqual(1);
        expect(off(sumOfProducts(got, 1, 1), want['sumD2']!)).toBeLessThanOrEqual(1);
        expect(off(sumOfProducts(got, 0, 1), want['sumMD']!)).toBeLessThanOrEqual(1);
      });
      it.each(['retentionD1', 'retentionD7'])(`%s of ${variant}`, (metric) => {
        const want = (expected(metric) as Sums)[variant]!;
        expect(off(sum(row(metric, variant), 0), want['sum']!)).toBeLessThanOrEqual(1);
        expect(off(sum(row(metric, variant), 1), want['n']!)).toBeLessThanOrEqual(1);
      });
      it(`each step of the funnel of ${variant}`, () => {
        const want = (
          expected('funnelViewCartPurchase') as Readonly<Record<string, readonly number[]>>
        )[variant]!;
        for (const [step, reached] of want.entries())
          expect(off(sum(row('funnel', variant), step), reached)).toBeLessThanOrEqual(1);
      });
      it(`revenue with its 14 days before the exposure, of ${variant}`, () => {
        const want = (expected('cupedRevenue14d') as Sums)[variant]!;
        const got = row('cuped', variant);
        expect(off(sum(got, 1), want['sumX']!)).toBeLessThanOrEqual(1);
        expect(off(sumOfProducts(got, 1, 1), want['sumX2']!)).toBeLessThanOrEqual(1);
        expect(off(sumOfProducts(got, 0, 1), want['sumXY']!)).toBeLessThanOrEqual(1);
      });
    }

    it('reads matured units only, when asked to', async () => {
      const matured = await store.moments({
        environment: 'production',
        experiment: 'one-page',
        phase: 1,
        unitType: 'userId',
        variants: ['control', 'treatment'],
        from: 0,
        to: asOf,
        asOf,
        reading: 'matured',
        timeZone: 'UTC',
        metrics: metrics.filter((m) => m.id === 'conversion72h' || m.id === 'retentionD7'),
      });
      const want = {
        conversion72h: expected('conversion72hMaturedOnly') as Sums,
        retentionD7: expected('retentionD7') as Sums,
      };
      for (const r of matured.rows) {
        const { n, sum: total } = want[r.metric as keyof typeof want][r.variant]!;
        expect(r.moments.n).toBe(n);
        expect(off(sum(r.moments), total!)).toBeLessThanOrEqual(1);
      }
    });
  });
