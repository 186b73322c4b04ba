import { readBatch, type Arrival } from '@assay/server/intake/batch';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const now = Date.UTC(2026, 2, 1, 12);
const hour = 3_600_000;
const arrival: Arrival = {
  environment: 'production',
  source: 'sdk',
  received: now,
  maxLateMs: 35 * 24 * hour,
};
const id = '0190a000-0000-7000-8000-00000000000a';
const track = { id, type: 'track', at: now - 1_000, unit: 'u1', name: 'order_paid' };
const exposure = {
  id,
  type: 'exposure',
  at: now - 1_000,
  unit: 'u1',
  flag: 'checkout',
  experiment: 'one-page',
  variant: 'treatment',
};
const read = (...events: unknown[]) => readBatch({ events, sentAt: now }, arrival);

describe('readBatch', () => {
  it('stores an event as it was sent, with what the server knows', () => {
    expect(
      read({ ...track, value: 12.5, properties: { currency: 'CNY', vip: true, n: 3 } }).events,
    ).toEqual([
      {
        ...track,
        value: 12.5,
        properties: { currency: 'CNY', vip: true, n: 3 },
        unitType: 'userId',
        time: now - 1_000,
        received: now,
        environment: 'production',
        source: 'sdk',
      },
    ]);
    expect(
      read({ ...exposure, phase: 2, unitType: 'deviceId', attributes: { country: 'CN' } })
        .events[0],
    ).toMatchObject({
      ...exposure,
      phase: 2,
      unitType: 'deviceId',
      attributes: { country: 'CN' },
    });
  });
  it('fills in the phase, drops nulls, and writes ids in lower case', () => {
    expect(read({ ...exposure, attributes: { country: null } }).events[0]).not.toHaveProperty(
      'attributes',
    );
    expect(read(exposure).events[0]).toMatchObject({ phase: 1 });
    expect(read({ ...track, id: id.toUpperCase() }).events[0]).toMatchObject({ id });
  });

  it.each([
    ['invalid', 'id is missing', { ...track, id: undefined }],
    ['invalid', 'id is "e1": must be a UUID', { ...track, id: 'e1' }],
    ['invalid', 'type is "page", must be "exposure" or "track"', { ...track, type: 'page' }],
    ['invalid', 'an event is an object, this is 7', 7],
    ['invalid', 'an event is an object, this is null', null],
    ['invalid', 'at is "today": must be milliseconds since the epoch', { ...track, at: 'today' }],
    ['invalid', 'unit is missing', { ...track, unit: undefined }],
    [
      'invalid',
      'unit is "": must be 1 to 256 characters, no control characters',
      { ...track, unit: '' },
    ],
    [
      'invalid',
      'unit is 7: must be 1 to 256 characters, no control characters',
      { ...track, unit: 7 },
    ],
    [
      'invalid',
      'name is "a\\nb": must be 1 to 100 characters, no control characters',
      { ...track, name: 'a\nb' },
    ],
    ['invalid', 'value is "12": must be a number', { ...track, value: '12' }],
    ['invalid', 'variant is missing', { ...exposure, variant: undefined }],
    ['invalid', 'phase is 0: must be an integer from 1', { ...exposure, phase: 0 }],
    [
      'invalid',
      'properties.cart is {"total":3}: must hold text, numbers, true or false, not nested',
      { ...track, properties: { cart: { total: 3 } } },
    ],
    [
      'invalid',
      'properties has a member "__proto__", a name that is not allowed',
      JSON.parse(
        `{"id":"${id}","type":"track","at":${now},"unit":"u","name":"n","properties":{"__proto__":1}}`,
      ),
    ],
    [
      'too_large',
      'properties.note has 2001 characters, at most 2000',
      { ...track, properties: { note: 'x'.repeat(2_001) } },
    ],
    [
      'too_large',
      'properties has 101 members, at most 100',
      {
        ...track,
        properties: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`p${i}`, i])),
      },
    ],
    ['in_future', 'at is 25 h ahead, at most 24 h', { ...track, at: now + 25 * hour }],
    ['too_late', 'at is 864 h old, at most 840 h', { ...track, at: now - 36 * 24 * hour }],
  ])('%s: %s', (code, detail, event) => {
    const good = { ...track, id: id.replace('a', 'b') };
    const { events, rejected } = read(good, event);
    expect(rejected).toEqual([{ index: 1, code, detail }]);
    expect(events).toHaveLength(1);
  });

  it.each([
    ['the body must be { "events": [ … ], "sentAt": ms }', []],
    ['events is missing, must be a list', { sentAt: now }],
    ['sentAt is "now", must be milliseconds since the epoch', { events: [], sentAt: 'now' }],
    [
      'events has 1001 members, at most 1000; send it in parts',
      { events: Array.from({ length: 1_001 }, () => track) },
    ],
  ])('refuses the whole: %s', (message, body) => {
    expect(() => readBatch(body, arrival)).toThrow(message);
  });

  it('counts copies within a batch as duplicates; the same id at another time is another event', () => {
    const batch = read(track, track, { ...track, at: track.at - 5 });
    expect(batch).toMatchObject({ duplicates: 1, rejected: [] });
    expect(batch.events).toHaveLength(2);
  });

  describe('time', () => {
    const timeOf = (at: number, sentAt?: number): number | undefined =>
      readBatch({ events: [{ ...track, at }], ...(sentAt !== undefined && { sentAt }) }, arrival)
        .events[0]?.time;
    it.each([
      ['a right clock changes nothing', now - 7_000, now - 300, now - 7_000],
      ['a clock one hour ahead', now + hour - 7_000, now + hour, now - 7_000],
      ['a clock in 1970', 5_000, 12_000, now - 7_000],
      ['no sentAt', now - 7_000, undefined, now - 7_000],
      ['never after the arrival', now + 1_500, now + 1_500, now],
      ['slightly ahead without sentAt', now + 60_000, undefined, now],
    ])('%s', (_, at, sentAt, time) => {
      expect(timeOf(at, sentAt)).toBe(time);
    });
    it('keeps the sent time beside the corrected one: it is the key of a retry', () => {
      const sent = { events: [{ ...track, at: now + hour }], sentAt: now + hour };
      expect(readBatch(sent, arrival).events[0]).toMatchObject({ at: now + hour, time: now });
    });
  });

  it('answers for every event exactly once, whatever is sent', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constant(track),
      fc.constant(exposure),
      fc.record(
        Object.fromEntries(
          Object.entries(exposure).map(([k, v]) => [k, fc.oneof(fc.constant(v), fc.jsonValue())]),
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 20 }), (events) => {
        const batch = readBatch({ events }, arrival);
        expect(batch.events.length + batch.rejected.length + batch.duplicates).toBe(events.length);
        expect(new Set(batch.rejected.map((r) => r.index)).size).toBe(batch.rejected.length);
      }),
      { numRuns: 300 },
    );
  });
});
