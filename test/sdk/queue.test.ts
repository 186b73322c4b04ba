import { describe, expect, it } from 'vitest';
import { fakeRim, memoryStore, settled } from './rim.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const names = (events: { name?: string }[]) => events.map((e) => e.name);

describe('a batch', () => {
  it('waits a second for company', async () => {
    const { client, pass, batches } = fakeRim();
    const assay = client();
    assay.track('a');
    await pass(600);
    assay.track('b', { value: 2, properties: { currency: 'CNY' } });
    await pass(399);
    expect(batches).toEqual([]);
    await pass(1);
    expect(batches.map((b) => names(b.events))).toEqual([['a', 'b']]);
    expect(batches[0]?.events[1]).toEqual({
      id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ) as string,
      type: 'track',
      at: Date.UTC(2026, 0, 1) + 600,
      unit: 'u1',
      unitType: 'userId',
      name: 'b',
      value: 2,
      properties: { currency: 'CNY' },
    });
    expect(batches[0]?.sentAt).toBe(Date.UTC(2026, 0, 1) + 1_000);
  });
  it('leaves at once when it is full, and later ones follow', async () => {
    const { client, pass, batches } = fakeRim();
    const assay = client();
    for (let i = 0; i < 25; i++) assay.track(`e${i}`);
    await pass(0);
    expect(batches.map((b) => b.events.length)).toEqual([10, 10, 5]);
  });
  it('leaves by flush, which resolves when it was answered', async () => {
    const { client, batches } = fakeRim();
    const assay = client();
    assay.track('a');
    await assay.flush();
    expect(batches).toHaveLength(1);
  });
  it('carries one event for each unit of the user, and no value that is no number', async () => {
    const { client, events } = fakeRim();
    const assay = client({ unit: { userId: 7, companyId: 'c9' } });
    assay.track('a', { value: NaN });
    await assay.flush();
    expect(events().map(({ unit, unitType, value }) => [unit, unitType, value])).toEqual([
      ['7', 'userId', undefined],
      ['c9', 'companyId', undefined],
    ]);
  });
  it('does not change when the app changes what it gave', async () => {
    const { client, events } = fakeRim();
    const assay = client();
    const properties = { n: 1 };
    assay.track('a', { properties });
    properties.n = 2;
    await assay.flush();
    expect(events()[0]?.['properties']).toEqual({ n: 1 });
  });
  it('leaves out properties that the server does not take', async () => {
    const { client, events } = fakeRim();
    const assay = client();
    const properties: { [name: string]: unknown } = {
      fine: 'x',
      big: 1n,
      long: 'x'.repeat(2_001),
      list: [1],
    };
    properties['self'] = properties;
    assay.track('a', { properties: properties as never });
    await assay.flush();
    expect(events()[0]?.['properties']).toEqual({ fine: 'x' });
  });
});

describe('an outage', () => {
  it.each([
    ['no connection', new Error('offline')],
    ['500', 500],
    ['503', 503],
    ['429', 429],
    ['408', 408],
  ])('%s: the very same events are sent again, ever more rarely', async (_, answer) => {
    const rim = fakeRim();
    rim.server.events = () => answer;
    const assay = rim.client();
    assay.track('a');
    await rim.pass(1 * second);
    await rim.pass(10 * minute);
    // Full jitter with random 0.5: half of 1, 2, 4, 8, 16, 30, 30 … seconds.
    const waits = rim.batches.slice(1).map((b, i) => b.time - rim.batches[i]!.time);
    expect(waits.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    rim.server.events = () => 202;
    await rim.pass(1 * minute);
    const sent = rim.batches.length;
    await rim.pass(10 * minute);
    expect(rim.batches).toHaveLength(sent);
    expect(new Set(rim.events().map((e) => `${e.id} ${e.at}`)).size).toBe(1);
    expect(assay.dropped()).toBe(0);
  });
  it('keeps later events until it ends', async () => {
    const rim = fakeRim();
    rim.server.events = () => 503;
    const assay = rim.client();
    assay.track('a');
    await rim.pass(1 * second);
    assay.track('b');
    rim.server.events = () => 202;
    await rim.pass(1 * minute);
    expect(rim.batches.map((b) => names(b.events))).toEqual([['a'], ['a', 'b']]);
  });
  it.each([
    ['120', 120 * second],
    [new Date(Date.UTC(2026, 0, 1) + 61 * second).toUTCString(), 60 * second],
    ['99999', 300 * second],
  ])('asked to wait by Retry-After: %s it does, whatever the app flushes', async (header, wait) => {
    const rim = fakeRim();
    rim.server.events = () => ({ status: 429, headers: { 'retry-after': header } });
    const assay = rim.client();
    assay.track('a');
    await rim.pass(1 * second);
    await rim.pass(wait - 1);
    await assay.flush();
    expect(rim.batches).toHaveLength(1);
    await rim.pass(1 * second);
    expect(rim.batches).toHaveLength(2);
  });
  it('of a day is the longest', async () => {
    const rim = fakeRim();
    rim.server.events = () => 500;
    const assay = rim.client();
    assay.track('a');
    await rim.pass(25 * hour);
    expect(assay.dropped()).toBe(1);
    const sent = rim.batches.length;
    await rim.pass(1 * hour);
    expect(rim.batches).toHaveLength(sent);
  });
  it('is bounded: exposures go before conversions, the oldest first', async () => {
    const rim = fakeRim({ limits: { queued: 20, batchEvents: 10, exposures: 64 } });
    rim.server.events = () => 503;
    const assay = rim.client({ consent: false });
    for (let i = 0; i < 25; i++) assay.track(`e${i}`);
    rim.server.events = () => 202;
    assay.consent(true);
    await assay.flush();
    // A tenth of the room is made at a time.
    expect(names(rim.events())).toEqual(Array.from({ length: 19 }, (_, i) => `e${i + 6}`));
    expect(assay.dropped()).toBe(6);
  });
});

describe('a refusal', () => {
  it.each([400, 409, 415, 422])('by %i drops the batch, once', async (status) => {
    const rim = fakeRim();
    rim.server.events = () => status;
    const assay = rim.client();
    assay.track('a');
    await rim.pass(10 * minute);
    expect(rim.batches).toHaveLength(1);
    expect(assay.dropped()).toBe(1);
    expect(rim.logs).toHaveLength(1);
  });
  it.each([401, 403, 404])(
    'of the key by %i is tried again every ten minutes, and told once',
    async (status) => {
      const rim = fakeRim();
      rim.server.events = () => status;
      rim.server.ruleset = () => 304;
      const assay = rim.client({ stream: false, pollInterval: 24 * hour });
      assay.track('a');
      await rim.pass(1 * second);
      await rim.pass(35 * minute);
      expect(rim.batches).toHaveLength(4);
      expect(rim.logs).toHaveLength(1);
      rim.server.events = () => 202;
      await rim.pass(10 * minute);
      expect(rim.batches).toHaveLength(5);
      expect(assay.dropped()).toBe(0);
    },
  );
  it('as too large (413) halves the batch, down to the event that is', async () => {
    const rim = fakeRim();
    rim.server.events = ({ events }) =>
      events.length > 2 || events.some((e) => e.name === 'e7') ? 413 : 202;
    const assay = rim.client();
    for (let i = 0; i < 10; i++) assay.track(`e${i}`);
    await assay.flush();
    const taken = rim.batches.filter(
      (b) => b.events.length <= 2 && !names(b.events).includes('e7'),
    );
    expect(names(taken.flatMap((b) => b.events))).toEqual([
      'e0',
      'e1',
      'e2',
      'e3',
      'e4',
      'e5',
      'e6',
      'e8',
      'e9',
    ]);
    expect(assay.dropped()).toBe(1);
  });
  it('of single events is told and not repeated', async () => {
    const rim = fakeRim();
    rim.server.events = () => ({
      status: 202,
      body: '{"accepted":0,"duplicates":0,"rejected":[{"index":0,"code":"too_late"}]}',
    });
    const assay = rim.client();
    assay.track('a');
    await rim.pass(1 * minute);
    expect(rim.batches).toHaveLength(1);
    expect(rim.logs).toHaveLength(1);
  });
});

describe('the clock', () => {
  it('is corrected by the server’s, in times and in sentAt alike', async () => {
    const rim = fakeRim();
    const truth = Date.UTC(2026, 0, 1);
    rim.set(truth - 48 * hour);
    rim.server.events = () => ({ status: 202, headers: { date: new Date(truth).toUTCString() } });
    const assay = rim.client({ stream: false });
    assay.track('a');
    await rim.pass(1 * second);
    assay.track('b');
    await rim.pass(1 * second);
    const [first, next] = rim.batches;
    expect(first?.sentAt).toBe(first!.events[0]!.at + 1_000);
    expect(next?.sentAt).toBe(next!.events[0]!.at + 1_000);
    expect(Math.abs(next!.events[0]!.at - truth)).toBeLessThan(2_000);
  });
  it('is left alone when the two agree', async () => {
    const rim = fakeRim();
    rim.server.events = () => ({
      status: 202,
      headers: { date: new Date(rim.clock.now()).toUTCString() },
    });
    const assay = rim.client({ stream: false });
    await rim.pass(700);
    assay.track('a');
    await rim.pass(1 * second);
    assay.track('b');
    await rim.pass(1 * second);
    expect(rim.events().map((e) => e.at)).toEqual([
      Date.UTC(2026, 0, 1) + 700,
      Date.UTC(2026, 0, 1) + 1_700,
    ]);
  });
});

describe('leaving the page', () => {
  it('sends one batch and stores what is not acknowledged, for the next page', async () => {
    const store = memoryStore();
    const before = fakeRim({ store });
    before.server.events = () => new Error('the page is gone');
    const assay = before.client({ stream: false });
    for (let i = 0; i < 14; i++) assay.track(`e${i}`);
    before.show(false);
    expect(store.names().filter((n) => n.startsWith('assay.events.'))).toHaveLength(1);
    await settled();
    expect(before.batches).toHaveLength(1);

    const after = fakeRim({ store });
    after.client({ stream: false });
    await after.pass(2 * second);
    expect(after.events().map((e) => e.name)).toEqual(
      Array.from({ length: 14 }, (_, i) => `e${i}`),
    );
    expect(after.events().slice(0, 10)).toEqual(before.events());
    expect(store.names()).toEqual([]);
  });
  it('stores no more than half a megabyte', async () => {
    const store = memoryStore();
    const rim = fakeRim({ store });
    rim.server.events = () => 503;
    const assay = rim.client({ stream: false });
    const long = 'x'.repeat(2_000);
    for (let i = 0; i < 100; i++)
      assay.track('a', { properties: { a: long, b: long, c: long, d: long, e: long } });
    rim.show(false);
    await settled();
    const [text] = [...store.texts.values()];
    expect(text!.length).toBeGreaterThan(300_000);
    expect(text!.length).toBeLessThan(600_000);
  });
  it.each(['{', 'null', '[{}]', '[{"events":5}]', '{"events":[]}'])(
    'is not hurt by what it finds in the store: %s',
    async (text) => {
      const store = memoryStore();
      store.set('assay.events.x', text);
      const rim = fakeRim({ store });
      const assay = rim.client({ stream: false });
      assay.track('a');
      await rim.pass(2 * second);
      expect(names(rim.events())).toEqual(['a']);
    },
  );
});

describe('consent', () => {
  it('withheld: nothing is sent or stored; given: what was held back leaves', async () => {
    const store = memoryStore();
    const rim = fakeRim({ store });
    rim.server.events = () => 202;
    const assay = rim.client({ consent: false, stream: false });
    assay.track('a');
    await rim.pass(1 * minute);
    rim.show(false);
    rim.show(true);
    await rim.pass(1 * minute);
    await assay.flush();
    expect(rim.batches).toEqual([]);
    expect(store.names()).toEqual([]);
    assay.consent(true);
    await rim.pass(2 * second);
    expect(names(rim.events())).toEqual(['a']);
  });
  it('withdrawn: all is forgotten', async () => {
    const store = memoryStore();
    const rim = fakeRim({ store });
    rim.server.events = () => 503;
    const assay = rim.client({ stream: false });
    assay.track('a');
    await rim.pass(2 * second);
    expect(store.names()).toHaveLength(1);
    assay.consent(false);
    expect(store.names()).toEqual([]);
    const sent = rim.batches.length;
    await rim.pass(10 * minute);
    expect(rim.batches).toHaveLength(sent);
  });
});

describe('closing', () => {
  it('sends what waits and leaves no timer', async () => {
    const rim = fakeRim();
    const assay = rim.client();
    assay.track('a');
    await settled();
    await assay.close();
    expect(names(rim.events())).toEqual(['a']);
    expect(rim.timers()).toBe(0);
    assay.track('too late');
    expect(rim.timers()).toBe(0);
    expect(rim.streams.every((s) => s.ended)).toBe(true);
  });
});
