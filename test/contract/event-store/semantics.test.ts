import type {
  EventStore,
  MetricQuery,
  MomentAnswer,
  MomentQuery,
  StoredEvent,
} from '@assay/server/store/events/port';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adapters, day, exposure, hour, minute, noon, track, uuid, type Opened } from './stores.ts';

const asOf = noon + 30 * day;
const base: Omit<MomentQuery, 'metrics'> = {
  environment: 'production',
  experiment: 'one-page',
  phase: 1,
  unitType: 'userId',
  variants: ['a', 'b'],
  from: noon - day,
  to: asOf,
  asOf,
  reading: 'all',
  timeZone: 'UTC',
};
const paid = { event: 'paid', value: 'value' } as const;
const conversion: MetricQuery = { id: 'm', kind: 'proportion', event: 'paid' };
const revenue: MetricQuery = { id: 'm', kind: 'mean', ...paid };

for (const { name, open } of adapters)
  describe(`in the ${name}`, () => {
    let opened: Opened;
    let store: EventStore;
    beforeAll(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterAll(() => opened.end());
    beforeEach(async () => {
      await store.clear('production');
      await store.clear('staging');
    });

    const ask = (metric: MetricQuery, rest: Partial<MomentQuery> = {}): Promise<MomentAnswer> =>
      store.moments({ ...base, metrics: [metric], ...rest });
    /** [n, Σ first column] of variant a. */
    const ofA = async (metric: MetricQuery, rest: Partial<MomentQuery> = {}): Promise<number[]> => {
      const { n, mean } = (await ask(metric, rest)).rows.find((r) => r.variant === 'a')!.moments;
      return [n, ...mean.map((m) => Math.round(m * n * 1e6) / 1e6)];
    };
    const put = (...events: StoredEvent[]) => store.append(events);

    describe('once', () => {
      it('counts an event once, in one batch or two, and keeps its first copy', async () => {
        const event = track('u1', 'paid', { value: 1 });
        expect(await put(event, event)).toEqual({ accepted: 1, duplicates: 1 });
        expect(await put({ ...event, value: 5, time: event.time + 9 })).toEqual({
          accepted: 0,
          duplicates: 1,
        });
        expect(await store.unit('production', 'userId', 'u1')).toEqual([event]);
      });
      it('takes the same id at another time, and another id at the same time, as other events', async () => {
        const event = track('u1', 'paid');
        const other = { ...event, at: event.at + 1, time: event.at + 1 };
        expect(await put(event, other, { ...event, id: uuid(999_999) })).toEqual({
          accepted: 3,
          duplicates: 0,
        });
      });
      it('finds a first copy whose clock was corrected otherwise, by hours, days or years', async () => {
        for (const at of [0, noon, noon + 400 * day]) {
          const id = uuid(5_000_000 + at);
          const early = track('u1', 'paid', { at, id, time: noon });
          expect(await put(early)).toEqual({ accepted: 1, duplicates: 0 });
          for (const time of [at, at + hour, at - 40 * day, noon])
            expect(await put({ ...early, time })).toEqual({ accepted: 0, duplicates: 1 });
        }
        expect(await store.unit('production', 'userId', 'u1')).toHaveLength(3);
      });
      it('finds first copies on both sides of a month', async () => {
        const edge = Date.UTC(2026, 1, 1);
        const events = [edge - 1, edge, edge + 1].map((at) => track('u1', 'paid', { at }));
        expect(await put(...events)).toEqual({ accepted: 3, duplicates: 0 });
        expect(await put(...events.toReversed())).toEqual({ accepted: 0, duplicates: 3 });
      });
      it('answers an empty batch', async () => {
        expect(await store.append([])).toEqual({ accepted: 0, duplicates: 0 });
      });
      it.each([
        ['id is "e1", must be a UUID in lower case', { id: 'e1' }],
        ['value is Infinity, must be a finite number', { value: Infinity }],
        ['at is 1.5', { at: 1.5 }],
      ])('refuses what it cannot keep exactly: %s', async (message, rest) => {
        if (name === 'plain reference') return;
        await expect(store.append([track('u1', 'paid', rest)])).rejects.toThrow(message);
        expect((await store.status()).events).toBe(0);
      });
    });

    describe('windows', () => {
      beforeEach(() => put(exposure('u1', 'a', { at: noon })));
      it.each([
        ['at the exposure', 0, 1],
        ['one ms before it', -1, 0],
        ['at the last ms', hour - 1, 1],
        ['at the end', hour, 0],
      ])('start in, end out: %s', async (_, offset, count) => {
        await put(track('u1', 'paid', { at: noon + offset }));
        expect(await ofA({ ...conversion, windowMs: hour })).toEqual([1, count]);
      });
      it.each([
        ['before the delay', minute - 1, 0],
        ['at its end', minute, 1],
        ['in the last ms, moved by the delay', hour + minute - 1, 1],
        ['at the moved end', hour + minute, 0],
      ])('delay: %s', async (_, offset, count) => {
        await put(track('u1', 'paid', { at: noon + offset }));
        expect(await ofA({ ...conversion, windowMs: hour, delayMs: minute })).toEqual([1, count]);
      });
      it('counts by the corrected time, not the sent one', async () => {
        await put(track('u1', 'paid', { at: noon + 5 * hour, time: noon + minute }));
        expect(await ofA({ ...conversion, windowMs: hour })).toEqual([1, 1]);
      });
      it('ignores events at and after "now"', async () => {
        await put(track('u1', 'paid', { at: noon + hour }));
        expect(await ofA(conversion, { asOf: noon + hour })).toEqual([1, 0]);
        expect(await ofA(conversion, { asOf: noon + hour + 1 })).toEqual([1, 1]);
      });
      it('reads matured units only, when asked', async () => {
        const windowed = { ...conversion, windowMs: hour, delayMs: minute };
        expect(await ofA(windowed, { reading: 'matured', asOf: noon + hour + minute - 1 })).toEqual(
          [0, 0],
        );
        expect(await ofA(windowed, { reading: 'matured', asOf: noon + hour + minute })).toEqual([
          1, 0,
        ]);
        expect(await ofA(conversion, { reading: 'matured', asOf: noon + 1 })).toEqual([1, 0]);
      });
      it('keeps units without events: zeros are values', async () => {
        await put(exposure('u2', 'a'), track('u1', 'paid', { value: 4 }));
        expect(await ofA(revenue)).toEqual([2, 4]);
      });
    });

    describe('exposures', () => {
      it('the earliest counts, whenever it arrives', async () => {
        await put(
          exposure('u1', 'a', { at: noon + 2 * hour }),
          track('u1', 'paid', { at: noon + 90 * minute }),
        );
        expect(await ofA({ ...conversion, windowMs: hour })).toEqual([1, 0]);
        await put(exposure('u1', 'a', { at: noon + hour }));
        expect(await ofA({ ...conversion, windowMs: hour })).toEqual([1, 1]);
      });
      it('only first exposures in [from, to) enter', async () => {
        await put(
          exposure('early', 'a', { at: noon - 2 }),
          exposure('early', 'a', { at: noon + 5 }),
          exposure('first', 'a', { at: noon }),
          exposure('last', 'a', { at: noon + 9 }),
          exposure('late', 'a', { at: noon + 10 }),
        );
        const answer = await ask(conversion, { from: noon, to: noon + 10 });
        expect(answer.units).toEqual([
          { variant: 'a', units: 2 },
          { variant: 'b', units: 0 },
        ]);
        expect([answer.firstExposure, answer.lastExposure]).toEqual([noon, noon + 9]);
      });
      it('units of two variants are left out and counted by their first', async () => {
        await put(
          exposure('u1', 'a', { at: noon }),
          exposure('u1', 'b', { at: noon + 1 }),
          exposure('u2', 'b', { at: noon }),
          exposure('u2', 'a', { at: noon + 1 }),
          exposure('u3', 'b', { at: noon }),
          exposure('u4', 'a', { at: noon }),
          exposure('u4', 'b', { at: asOf }),
        );
        const answer = await ask(conversion);
        expect(answer).toMatchObject({
          crossovers: 2,
          crossoversByVariant: { a: 1, b: 1 },
          strangers: 0,
        });
        expect(answer.units).toEqual([
          { variant: 'a', units: 1 },
          { variant: 'b', units: 1 },
        ]);
      });
      it('a variant that is not asked for makes strangers', async () => {
        await put(
          exposure('u1', 'c'),
          exposure('u2', 'a'),
          exposure('u2', 'c', { at: noon + 1 }),
          exposure('u3', 'a'),
        );
        expect(await ask(conversion)).toMatchObject({
          strangers: 2,
          crossovers: 1,
          units: [{ units: 1 }, { units: 0 }],
        });
      });
      it('experiments, phases, environments and unit types stay apart', async () => {
        await put(
          exposure('u1', 'a'),
          exposure('u1', 'b', { phase: 2 }),
          exposure('u1', 'b', { experiment: 'other' }),
          exposure('u1', 'b', { environment: 'staging' }),
          exposure('u1', 'b', { unitType: 'deviceId' }),
          track('u1', 'paid', { environment: 'staging' }),
          track('u1', 'paid', { unitType: 'deviceId' }),
        );
        expect(await ask(conversion)).toMatchObject({
          crossovers: 0,
          units: [{ units: 1 }, { units: 0 }],
        });
        expect(await ofA(conversion)).toEqual([1, 0]);
        expect((await ask(conversion, { phase: 2 })).units).toEqual([
          { variant: 'a', units: 0 },
          { variant: 'b', units: 1 },
        ]);
      });
      it('nobody: rows of nothing, and no times', async () => {
        expect(await ask(conversion)).toEqual({
          units: [
            { variant: 'a', units: 0 },
            { variant: 'b', units: 0 },
          ],
          crossovers: 0,
          crossoversByVariant: {},
          strangers: 0,
          firstExposure: null,
          lastExposure: null,
          lastEvent: null,
          rows: ['a', 'b'].map((variant) => ({
            variant,
            metric: 'm',
            moments: { n: 0, mean: [0], comoment: [0] },
          })),
        });
      });
      it('tells the latest event before "now", of any kind', async () => {
        await put(
          exposure('u1', 'a'),
          track('u9', 'visit', { at: noon + hour }),
          track('u9', 'visit', { at: noon + day }),
        );
        expect((await ask(conversion)).lastEvent).toBe(noon + day);
        expect((await ask(conversion, { asOf: noon + day })).lastEvent).toBe(noon + hour);
        expect((await ask(conversion, { asOf: noon + 1 })).lastEvent).toBe(noon);
      });
    });

    describe('metrics', () => {
      it('filters by properties and reads the number from one', async () => {
        await put(
          exposure('u1', 'a'),
          track('u1', 'paid', {
            value: 100,
            properties: { currency: 'CNY', items: 2, 'cart.total': 7 },
          }),
          track('u1', 'paid', { value: 1, properties: { currency: 'USD', items: 3 } }),
          track('u1', 'paid', { value: 10 }),
          track('u1', 'paid', { properties: { currency: 'CNY', items: 'many' } }),
        );
        const cny = { attr: 'currency', op: 'eq', value: 'CNY' } as const;
        expect(await ofA({ ...revenue, where: cny })).toEqual([1, 100]);
        expect(await ofA({ ...revenue, value: 'items' })).toEqual([1, 5]);
        expect(await ofA({ ...revenue, value: 'items', where: cny })).toEqual([1, 2]);
        expect(await ofA({ ...revenue, value: 'cart.total' })).toEqual([1, 7]);
        expect(await ofA({ id: 'm', kind: 'count', event: 'paid', where: { not: cny } })).toEqual([
          1, 2,
        ]);
        expect(await ofA({ id: 'm', kind: 'mean', event: 'paid' })).toEqual([1, 4]);
      });
      it('keeps money exact: a large mean with a small spread', async () => {
        const amounts = [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75];
        for (const [i, value] of amounts.entries())
          await put(exposure(`u${i}`, 'a'), track(`u${i}`, 'paid', { value }));
        const { moments } = (await ask(revenue)).rows[0]!;
        expect(moments).toEqual({ n: 3, mean: [1e9 + 0.5], comoment: [0.125] });
      });
      it('a ratio has both parts', async () => {
        await put(exposure('u1', 'a'), exposure('u2', 'a'));
        await put(
          track('u1', 'paid', { value: 6 }),
          track('u1', 'paid', { value: 4 }),
          track('u2', 'paid', { value: 2 }),
        );
        const ratio: MetricQuery = {
          id: 'm',
          kind: 'ratio',
          numerator: paid,
          denominator: { event: 'paid' },
        };
        expect((await ask(ratio)).rows[0]!.moments).toEqual({
          n: 2,
          mean: [6, 1.5],
          comoment: [32, 4, 0.5],
        });
      });
      it('retention counts a unit once its day has wholly passed, above and below the line', async () => {
        await put(
          exposure('u1', 'a'),
          track('u1', 'open', { at: noon + day }),
          track('u1', 'open', { at: noon + 2 * day }),
        );
        const day1: MetricQuery = {
          id: 'm',
          kind: 'retention',
          event: 'open',
          fromDay: 1,
          toDay: 2,
        };
        expect(await ofA(day1, { asOf: noon + 2 * day - 1 })).toEqual([1, 0, 0]);
        expect(await ofA(day1, { asOf: noon + 2 * day })).toEqual([1, 1, 1]);
        expect(await ofA({ ...day1, fromDay: 2, toDay: 3 })).toEqual([1, 1, 1]);
        expect(await ofA({ ...day1, fromDay: 3, toDay: 4 })).toEqual([1, 0, 1]);
        expect(await ofA(day1, { reading: 'matured', asOf: noon + 2 * day - 1 })).toEqual([
          0, 0, 0,
        ]);
      });

      const funnel = (within?: number): MetricQuery => ({
        id: 'm',
        kind: 'funnel',
        steps: [
          { event: 'view' },
          { event: 'cart', ...(within !== undefined && { withinMs: within }) },
          { event: 'paid' },
        ],
      });
      it.each<[string, readonly [string, number][], number | undefined, number[]]>([
        [
          'in order',
          [
            ['view', 1],
            ['cart', 2],
            ['paid', 3],
          ],
          undefined,
          [1, 1, 1],
        ],
        [
          'out of order',
          [
            ['cart', 1],
            ['view', 2],
            ['paid', 3],
          ],
          undefined,
          [1, 0, 0],
        ],
        [
          'of one moment do not follow each other',
          [
            ['view', 1],
            ['cart', 1],
            ['paid', 3],
          ],
          undefined,
          [1, 0, 0],
        ],
        [
          'a step left out',
          [
            ['view', 1],
            ['paid', 3],
          ],
          undefined,
          [1, 0, 0],
        ],
        [
          'within its time',
          [
            ['view', 1],
            ['cart', 5],
          ],
          5,
          [1, 1, 0],
        ],
        [
          'not within its time',
          [
            ['view', 1],
            ['cart', 6],
          ],
          5,
          [1, 0, 0],
        ],
        [
          'a second view opens the time anew',
          [
            ['view', 1],
            ['view', 4],
            ['cart', 6],
            ['paid', 9],
          ],
          5,
          [1, 1, 1],
        ],
        [
          'a later chain does not spoil an earlier one',
          [
            ['view', 1],
            ['cart', 2],
            ['view', 3],
            ['paid', 3],
          ],
          5,
          [1, 1, 1],
        ],
      ])('funnel: %s', async (_, steps, within, want) => {
        await put(
          exposure('u1', 'a'),
          ...steps.map(([event, at]) => track('u1', event, { at: noon + at })),
        );
        expect((await ask(funnel(within))).rows[0]!.moments.mean).toEqual(want);
      });
      it('funnel: the same event twice for two steps', async () => {
        await put(exposure('u1', 'a'), track('u1', 'view', { at: noon + 1 }), exposure('u2', 'a'));
        await put(track('u2', 'view', { at: noon + 1 }), track('u2', 'view', { at: noon + 2 }));
        const twice: MetricQuery = {
          id: 'm',
          kind: 'funnel',
          steps: [{ event: 'view' }, { event: 'view' }],
        };
        expect(await ofA(twice)).toEqual([2, 2, 1]);
      });

      it('caps at a percentile of the non-zero values of all variants together', async () => {
        // Type-7 90 % percentile of the non-zero values, numpy: 72.4.
        const values = {
          a: [0, 0, 1, 2, 3, 4, 100, 0, 5, 6],
          b: [0, 2, 2, 8, 0, 0, 400, 1, 1, 7],
        };
        for (const variant of ['a', 'b'] as const)
          for (const [i, value] of values[variant].entries())
            await put(
              exposure(`${variant}${i}`, variant),
              ...(value === 0 ? [] : [track(`${variant}${i}`, 'paid', { value })]),
            );
        const { rows } = await ask({ ...revenue, cap: { percentile: 0.9 } });
        for (const row of rows) {
          expect(row.cap!.at).toBeCloseTo(72.4, 10);
          expect(row.cap!.units).toBe(1);
        }
        expect(rows[0]!.moments.mean[0]).toBeCloseTo((21 + 72.4) / 10, 10);
        expect(rows[1]!.moments.mean[0]).toBeCloseTo((21 + 72.4) / 10, 10);
        const absolute = await ask({ ...revenue, cap: { absolute: 50 } });
        expect(absolute.rows.map((r) => [r.cap, r.moments.mean[0]])).toEqual([
          [{ at: 50, units: 1 }, 7.1],
          [{ at: 50, units: 1 }, 7.1],
        ]);
      });
      it('caps the covariate with the same cap', async () => {
        await put(
          exposure('u1', 'a'),
          track('u1', 'paid', { value: 9 }),
          track('u1', 'paid', { value: 8, at: noon - hour }),
        );
        const capped: MetricQuery = { ...revenue, prePeriodMs: day, cap: { absolute: 5 } };
        expect(await ofA(capped)).toEqual([1, 5, 5]);
      });
      it.each([
        ['its first ms', -day, 8],
        ['one before it', -day - 1, 0],
        ['the last ms', -1, 8],
      ])('the pre-period ends where the exposure begins: %s', async (_, offset, x) => {
        await put(exposure('u1', 'a'), track('u1', 'paid', { value: 8, at: noon + offset }));
        expect(await ofA({ ...revenue, prePeriodMs: day })).toEqual([1, 0, x]);
      });
      it('the pre-period of a retention is whether the unit was there at all', async () => {
        await put(exposure('u1', 'a'), track('u1', 'open', { at: noon - hour }));
        const day1: MetricQuery = {
          id: 'm',
          kind: 'retention',
          event: 'open',
          fromDay: 1,
          toDay: 2,
          prePeriodMs: day,
        };
        expect(await ofA(day1)).toEqual([1, 0, 1, 1, 1]);
        expect(await ofA(day1, { asOf: noon + day })).toEqual([1, 0, 0, 0, 0]);
      });
    });

    describe('days', () => {
      const cumulative = async (metric: MetricQuery, rest: Partial<MomentQuery> = {}) =>
        (await ask(metric, { by: 'cumulative', variants: ['a'], ...rest })).rows.map((r) => [
          r.day,
          r.moments.n,
          r.moments.n * r.moments.mean[0]!,
        ]);
      it('are cumulative to the end of each, those without news too', async () => {
        await put(
          exposure('u1', 'a', { at: noon }),
          track('u1', 'paid', { at: noon + day, value: 2 }),
          track('u1', 'paid', { at: noon + 3 * day, value: 3 }),
          exposure('u2', 'a', { at: noon + day }),
        );
        expect(await cumulative(revenue, { asOf: noon + 3 * day + 1 })).toEqual([
          ['2026-01-15', 1, 0],
          ['2026-01-16', 2, 2],
          ['2026-01-17', 2, 2],
          ['2026-01-18', 2, 5],
        ]);
      });
      it('are cut in the experiment’s zone', async () => {
        // 16:00 UTC is midnight in Shanghai.
        const midnight = Date.UTC(2026, 0, 15, 16);
        await put(exposure('u1', 'a', { at: midnight - 1 }), exposure('u2', 'a', { at: midnight }));
        expect(
          await cumulative(revenue, { timeZone: 'Asia/Shanghai', asOf: midnight + hour }),
        ).toEqual([
          ['2026-01-15', 1, 0],
          ['2026-01-16', 2, 0],
        ]);
      });
      it.each([
        ['23 hours long', 'America/New_York', Date.UTC(2026, 2, 8, 5), 23],
        ['25 hours long', 'America/New_York', Date.UTC(2026, 10, 1, 4), 25],
        ['24 hours and a half', 'Australia/Lord_Howe', Date.UTC(2026, 3, 4, 13), 24.5],
      ])('may be %s', async (_, timeZone, start, hours) => {
        const end = start + hours * hour;
        const range = { from: start, to: end + day, asOf: end + 1, timeZone };
        await put(
          exposure('u1', 'a', { at: start }),
          exposure('u2', 'a', { at: end - 1 }),
          exposure('u3', 'a', { at: end }),
        );
        expect((await cumulative(revenue, range)).map((r) => r[1])).toEqual([2, 3]);
        const first = await ask(revenue, { ...range, by: 'cohort', variants: ['a'] });
        expect(first.units.map((u) => u.units)).toEqual([2, 1]);
      });
      it('a cohort is who entered on a day, with all that came later', async () => {
        await put(
          exposure('u1', 'a', { at: noon }),
          exposure('u2', 'a', { at: noon + 2 * day }),
          track('u1', 'paid', { at: noon + 3 * day, value: 5 }),
        );
        const { units, rows } = await ask(revenue, { by: 'cohort', variants: ['a'] });
        expect(units).toEqual([
          { variant: 'a', day: '2026-01-15', units: 1 },
          { variant: 'a', day: '2026-01-17', units: 1 },
        ]);
        expect(rows.map((r) => [r.day, r.moments.mean[0]])).toEqual([
          ['2026-01-15', 5],
          ['2026-01-17', 0],
        ]);
      });
    });

    describe('breakdown', () => {
      it('splits by attributes of the first exposure; missing ones are ""', async () => {
        await put(
          exposure('u1', 'a', { attributes: { country: 'CN', vip: true } }),
          exposure('u1', 'a', { at: noon + 1, attributes: { country: 'SG' } }),
          exposure('u2', 'b', { attributes: { country: 'CN', vip: false } }),
          exposure('u3', 'a'),
          track('u1', 'paid', { value: 3 }),
        );
        const one = await ask(revenue, { breakdown: ['country'] });
        expect(one.units).toEqual([
          { variant: 'a', slice: [''], units: 1 },
          { variant: 'b', slice: [''], units: 0 },
          { variant: 'a', slice: ['CN'], units: 1 },
          { variant: 'b', slice: ['CN'], units: 1 },
        ]);
        expect(one.rows.map((r) => [r.variant, r.slice, r.moments.n, r.moments.mean])).toEqual([
          ['a', [''], 1, [0]],
          ['b', [''], 0, [0]],
          ['a', ['CN'], 1, [3]],
          ['b', ['CN'], 1, [0]],
        ]);
        const two = await ask(revenue, { breakdown: ['country', 'vip'] });
        expect(two.units.filter((u) => u.units > 0).map((u) => u.slice)).toEqual([
          ['', ''],
          ['CN', 'false'],
          ['CN', 'true'],
        ]);
      });
    });

    describe('population', () => {
      it('treats the first sight of a unit as its exposure', async () => {
        await put(
          track('u1', 'visit', { at: noon }),
          track('u1', 'paid', { at: noon + hour, value: 5 }),
          track('u2', 'visit', { at: noon + day }),
          exposure('u3', 'a', { at: noon + day }),
          track('u4', 'visit', { at: noon + 9 * day }),
          track('u5', 'visit', { at: noon - 1 }),
        );
        const query = {
          environment: 'production',
          unitType: 'userId',
          from: noon,
          to: noon + 10 * day,
          timeZone: 'UTC',
          metric: { ...revenue, windowMs: 2 * day },
        };
        expect(await store.population(query)).toEqual({
          units: 4,
          moments: { n: 3, mean: [5 / 3], comoment: [expect.closeTo(50 / 3, 9)] },
          growth: [
            { day: '2026-01-15', units: 1 },
            { day: '2026-01-16', units: 3 },
            { day: '2026-01-24', units: 4 },
          ],
        });
        expect(await store.population({ ...query, eligible: { event: 'paid' } })).toMatchObject({
          units: 1,
          moments: { n: 1, mean: [5] },
        });
      });
    });

    describe('halves', () => {
      const query = {
        environment: 'production',
        unitType: 'userId',
        from: noon,
        to: noon + 10 * day,
        timeZone: 'UTC',
        metric: { ...revenue, windowMs: 2 * day },
        seeds: [1, 2, 3],
        most: 1_000,
      };
      it('splits the matured units in two, by seed, and loses none', async () => {
        const buyers = Array.from({ length: 40 }, (_, i) =>
          track(`u${i}`, 'paid', { at: noon, value: i }),
        );
        await put(...buyers, track('late', 'paid', { at: noon + 9 * day, value: 1e9 }));
        const { units, splits } = await store.halves(query);
        expect(units).toBe(40);
        expect(splits).toHaveLength(3);
        const [a, b] = splits[0]!;
        expect(a.moments.n + b.moments.n).toBe(40);
        expect(a.moments.n * a.moments.mean[0]! + b.moments.n * b.moments.mean[0]!).toBeCloseTo(
          780,
          9,
        );
        expect(new Set(splits.map(([one]) => one.moments.mean[0])).size).toBe(3);
        const again = await store.halves({ ...query, seeds: [3] });
        expect(again.splits[0]).toEqual(splits[2]);
      });
      it('takes a part of many units, the same for every seed', async () => {
        await put(
          ...Array.from({ length: 400 }, (_, i) => track(`u${i}`, 'paid', { at: noon, value: 1 })),
        );
        const { units, splits } = await store.halves({ ...query, most: 100 });
        expect(units).toBeGreaterThan(60);
        expect(units).toBeLessThan(140);
        expect(splits.map(([a, b]) => a.moments.n + b.moments.n)).toEqual([units, units, units]);
      });
      it('has nothing to split where nothing was seen', async () => {
        const { units, splits } = await store.halves(query);
        expect(units).toBe(0);
        expect(splits.every(([a, b]) => a.moments.n + b.moments.n === 0)).toBe(true);
      });
    });

    describe('looking', () => {
      const events = (): StoredEvent[] => [
        exposure('u1', 'a', { at: noon, received: noon + 1, attributes: { country: 'CN' } }),
        track('u2', 'visit', {
          at: noon + 3,
          time: noon + 2,
          received: noon + 4,
          source: 'import',
        }),
        track('u1', 'paid', {
          at: noon + 5,
          received: noon + 9,
          value: 2.5,
          properties: { currency: 'CNY' },
        }),
        track('u1', 'visit', { at: noon + day, received: noon + day, unitType: 'deviceId' }),
        track('u9', 'visit', { at: noon, environment: 'staging' }),
      ];
      it('gives events back as they came', async () => {
        const all = events();
        await put(...all);
        expect(await store.recent('production', 10)).toEqual([all[3], all[2], all[1], all[0]]);
        expect(await store.recent('production', 2)).toEqual([all[3], all[2]]);
        expect(await store.unit('production', 'userId', 'u1')).toEqual([all[0], all[2]]);
        expect(await store.unit('production', 'userId', 'nobody')).toEqual([]);
        expect((await store.status()).events).toBe(5);
      });
      it('counts by name and day', async () => {
        await put(...events(), track('u1', 'visit', { at: noon + day + 1 }));
        expect(
          await store.counts({
            environment: 'production',
            from: noon - hour,
            to: noon + 2 * day,
            timeZone: 'UTC',
          }),
        ).toEqual({
          events: [
            { name: 'paid', day: '2026-01-15', events: 1, units: 1 },
            { name: 'visit', day: '2026-01-15', events: 1, units: 1 },
            { name: 'visit', day: '2026-01-16', events: 2, units: 2 },
          ],
          exposures: [
            { experiment: 'one-page', variant: 'a', phase: 1, day: '2026-01-15', exposures: 1 },
          ],
        });
      });
      it('tells which events were seen', async () => {
        await put(...events());
        expect(await store.seen('production')).toEqual([
          {
            name: 'paid',
            events: 1,
            firstSeen: noon + 5,
            lastSeen: noon + 5,
            hasValue: true,
            properties: ['currency'],
          },
          {
            name: 'visit',
            events: 2,
            firstSeen: noon + 2,
            lastSeen: noon + day,
            hasValue: false,
            properties: [],
          },
        ]);
        expect(await store.seen('nowhere')).toEqual([]);
      });
      it('erases a unit in all environments, for good', async () => {
        const all = events();
        await put(...all, track('u1', 'visit', { environment: 'staging' }));
        await store.noteRejected([
          {
            at: noon,
            environment: 'production',
            code: 'invalid',
            detail: '',
            body: '{"unit":"u1"}',
          },
          {
            at: noon,
            environment: 'production',
            code: 'invalid',
            detail: '',
            body: '{"unit":"u2"}',
          },
        ]);
        expect(await store.erase('userId', 'u1')).toMatchObject({
          unitType: 'userId',
          events: 2,
          exposures: 1,
        });
        expect(await store.unit('production', 'userId', 'u1')).toEqual([]);
        expect(await store.unit('production', 'deviceId', 'u1')).toHaveLength(1);
        expect(await ask(conversion)).toMatchObject({ units: [{ units: 0 }, { units: 0 }] });
        expect((await store.rejected('production', 10)).map((r) => r.body)).toEqual([
          '{"unit":"u2"}',
        ]);
        expect((await store.status()).events).toBe(3);
        expect(await store.append(all)).toMatchObject({ accepted: 0 });
      });
      it('clears one environment', async () => {
        await put(...events());
        expect(await store.clear('production')).toBe(4);
        expect(await store.recent('production', 10)).toEqual([]);
        expect(await store.seen('production')).toEqual([]);
        expect(await store.recent('staging', 10)).toHaveLength(1);
        expect((await store.status()).events).toBe(1);
        expect(await put(track('u1', 'visit'))).toEqual({ accepted: 1, duplicates: 0 });
        expect(await store.recent('production', 10)).toHaveLength(1);
      });
      it('keeps what was rejected, the newest first', async () => {
        const rejected = [1, 2, 3].map((i) => ({
          at: noon + i,
          environment: i === 2 ? 'staging' : 'production',
          code: 'invalid',
          detail: `no ${i}`,
          body: '{}',
        }));
        await store.noteRejected(rejected);
        expect(await store.rejected('production', 10)).toEqual([rejected[2], rejected[0]]);
        expect(await store.rejected('production', 1)).toEqual([rejected[2]]);
      });
    });
  });
