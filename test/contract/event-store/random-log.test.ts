import type {
  EventStore,
  MetricQuery,
  MomentAnswer,
  MomentQuery,
  MomentRow,
  StoredEvent,
} from '@assay/server/store/events/port';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlainEvents } from '../../support/plain-events.ts';
import { adapters, day, exposure, hour, track, type Opened } from './stores.ts';

const runs = Number(process.env['ASSAY_RUNS'] ?? 60);
/** Two months and a change of clocks in New York lie within. */
const start = Date.UTC(2026, 1, 24, 3);
const span = 16 * day;

const properties = fc.option(
  fc.record({ currency: fc.constantFrom('CNY', 'USD'), items: fc.integer({ min: 0, max: 5 }) }),
  { nil: undefined },
);
/** Few distinct times, so that ties and edges are met. */
const step = 6 * hour;
const timeUpTo = (share: number): fc.Arbitrary<number> =>
  fc
    .noBias(fc.integer({ min: 0, max: Math.floor((share * span) / step) }))
    .map((n) => start + n * step);
const unit = fc.noBias(fc.integer({ min: 1, max: 9 })).map((n) => `u${n}`);
const anExposure = fc
  .record({
    unit,
    at: timeUpTo(0.6),
    variant: fc.constantFrom('a', 'a', 'a', 'b', 'b', 'b', 'c'),
    phase: fc.constantFrom(1, 1, 1, 2),
    country: fc.constantFrom('CN', 'SG', undefined),
  })
  .map(({ unit: u, variant, country, ...rest }) =>
    // Most units stay in one variant.
    exposure(u, Number(u.slice(1)) < 7 ? 'ab'[Number(u.slice(1)) % 2]! : variant, {
      ...rest,
      ...(country !== undefined && { attributes: { country } }),
    }),
  );
const aTrack = fc
  .record({
    unit,
    at: timeUpTo(1),
    name: fc.constantFrom('view', 'cart', 'paid', 'paid'),
    value: fc.option(fc.integer({ min: -2, max: 20 }), { nil: undefined }),
    properties,
    skew: fc.constantFrom(0, 0, 0, hour, -40 * day),
  })
  .map(({ unit: u, name, at, value, properties: p, skew }) =>
    track(u, name, {
      at: at + skew,
      time: at,
      ...(value !== undefined && { value }),
      ...(p !== undefined && { properties: p }),
    }),
  );
const aLog = fc.array(fc.oneof(anExposure, aTrack, aTrack), {
  minLength: 50,
  maxLength: 120,
  size: 'max',
});

const cny = { attr: 'currency', op: 'eq', value: 'CNY' } as const;
const window = { windowMs: 2 * day, delayMs: 6 * hour };
const metrics: readonly MetricQuery[] = [
  { id: 'proportion', kind: 'proportion', event: 'paid', windowMs: 3 * day, prePeriodMs: 4 * day },
  { id: 'count', kind: 'count', event: 'paid', where: cny, ...window },
  { id: 'mean', kind: 'mean', event: 'paid', value: 'value', prePeriodMs: 7 * day },
  { id: 'items', kind: 'mean', event: 'paid', value: 'items', where: { not: cny }, windowMs: day },
  {
    id: 'capped',
    kind: 'mean',
    event: 'paid',
    value: 'value',
    cap: { percentile: 0.8 },
    ...window,
    prePeriodMs: day,
  },
  { id: 'absolute', kind: 'mean', event: 'paid', value: 'value', cap: { absolute: 9 } },
  {
    id: 'ratio',
    kind: 'ratio',
    numerator: { event: 'paid', value: 'value' },
    denominator: { event: 'view' },
    prePeriodMs: 5 * day,
    cap: { percentile: 0.7 },
  },
  { id: 'retention', kind: 'retention', event: 'view', fromDay: 1, toDay: 3, prePeriodMs: 2 * day },
  {
    id: 'funnel',
    kind: 'funnel',
    steps: [
      { event: 'view', withinMs: 4 * day },
      { event: 'cart', withinMs: 2 * day },
      { event: 'paid', where: cny },
    ],
    windowMs: 6 * day,
  },
  {
    id: 'quantile',
    kind: 'quantile',
    event: 'paid',
    value: 'value',
    q: 0.6,
    z: 1.2,
    windowMs: 5 * day,
  },
];
const aQuery = fc.record({
  reading: fc.constantFrom('all' as const, 'matured' as const),
  by: fc.constantFrom('total' as const, 'cumulative' as const, 'cohort' as const),
  breakdown: fc.constantFrom(undefined, ['country'], ['country', 'plan']),
  timeZone: fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe'),
  from: fc.constantFrom(0, 0, start + day),
  to: fc.constantFrom(start + 9 * day, start + 20 * day),
  asOf: fc.oneof(
    fc.constant(start + span + day),
    timeUpTo(1).map((t) => t + step),
  ),
});

function queryOf({
  breakdown,
  ...rest
}: typeof aQuery extends fc.Arbitrary<infer T> ? T : never): MomentQuery {
  return {
    environment: 'production',
    experiment: 'one-page',
    phase: 1,
    unitType: 'userId',
    variants: ['a', 'b'],
    metrics,
    ...rest,
    ...(breakdown !== undefined && { breakdown }),
  };
}

/** Rows in one order, numbers to 9 digits: sums may be added up in another order. */
function comparable({ rows, units, ...answer }: MomentAnswer): unknown {
  const key = (r: Pick<MomentRow, 'variant' | 'day' | 'slice'> & { metric?: string }): string =>
    JSON.stringify([r.metric, r.day, r.slice, r.variant]);
  const byKey = (a: { variant: string }, b: { variant: string }): number =>
    key(a) < key(b) ? -1 : 1;
  return {
    ...answer,
    units: units.toSorted(byKey),
    rows: rows.toSorted(byKey).map((r) => rounded(r)),
  };
}
function rounded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Math.round(value * 1e9) / 1e9 + 0 : String(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, rounded(v)]));
}

for (const { name, open } of adapters.filter((a) => a.name !== 'plain reference'))
  describe(`random logs in the ${name}`, () => {
    let opened: Opened;
    let store: EventStore;
    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterAll(() => opened.end());

    /** The same events in another order, cut into other batches, some of them sent twice; returns how many were taken. */
    async function feed(
      log: readonly StoredEvent[],
      order: readonly number[],
      cut: number,
    ): Promise<number> {
      const shuffled = log
        .map((event, i) => ({ event, rank: order[i % order.length]! }))
        .toSorted((x, y) => x.rank - y.rank)
        .map((x) => x.event);
      let taken = 0;
      for (let i = 0; i < shuffled.length; i += cut) {
        const again = i % 3 === 0 ? shuffled.slice(Math.max(0, i - 12), i + cut) : [];
        for (const batch of [shuffled.slice(i, i + cut), again]) {
          const { accepted, duplicates } = await store.append(batch);
          expect(accepted + duplicates).toBe(batch.length);
          taken += accepted;
        }
        const ahead = shuffled.slice(Math.max(0, i - 30), i + cut + 5);
        taken += (await store.append(ahead)).accepted;
      }
      return taken;
    }

    /** Answers that say something, so that the test cannot pass on nothing. */
    let telling = 0;

    it('answer every question as the plain reference does, in any order, batch size and repetition', async () => {
      await fc.assert(
        fc.asyncProperty(
          aLog,
          fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 60, maxLength: 60 }),
          fc.integer({ min: 1, max: 40 }),
          fc.array(aQuery, { minLength: 3, maxLength: 3 }),
          async (log, order, cut, queries) => {
            const plain = openPlainEvents();
            await plain.append(log);
            await store.clear('production');
            expect(await feed(log, order, cut)).toBe(log.length);
            for (const asked of queries) {
              const query = queryOf(asked);
              const got = await store.moments(query);
              expect(comparable(got)).toEqual(comparable(await plain.moments(query)));
              if (got.rows.some((r) => r.moments.n > 1 && r.moments.mean.some((m) => m !== 0)))
                telling++;
              const population = {
                environment: 'production',
                unitType: 'userId',
                from: start,
                to: query.asOf,
                timeZone: query.timeZone,
                metric: metrics[2]!,
                ...(query.reading === 'all' && { eligible: { event: 'paid', where: cny } }),
              };
              expect(rounded(await store.population(population))).toEqual(
                rounded(await plain.population(population)),
              );
              const halves = {
                ...population,
                metric: metrics[3]!,
                seeds: [7, 4_294_967_295],
                most: 25,
              };
              expect(rounded(await store.halves(halves))).toEqual(
                rounded(await plain.halves(halves)),
              );
            }
            const range = {
              environment: 'production',
              from: start,
              to: start + span,
              timeZone: queries[0]!.timeZone,
            };
            expect(await store.counts(range)).toEqual(await plain.counts(range));
            expect(await store.seen('production')).toEqual(await plain.seen('production'));
            expect(await store.unit('production', 'userId', 'u3')).toEqual(
              await plain.unit('production', 'userId', 'u3'),
            );
          },
        ),
        { numRuns: runs, seed: 20_261_124 },
      );
      expect(telling).toBeGreaterThan(runs);
    }, 120_000);
  });
