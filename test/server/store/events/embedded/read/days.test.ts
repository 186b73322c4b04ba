import { dayIndex, localDays } from '@assay/server/store/events/embedded/read/days';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localDay } from '../../../../../support/plain-events.ts';

const hour = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe('localDays', () => {
  it.each([
    // Midnights and lengths from the tz database.
    ['UTC', '2026-01-15T12:00Z', ['2026-01-15T00:00Z', '2026-01-16T00:00Z']],
    ['Asia/Shanghai', '2026-01-15T15:59Z', ['2026-01-14T16:00Z', '2026-01-15T16:00Z']],
    ['America/New_York', '2026-03-08T12:00Z', ['2026-03-08T05:00Z', '2026-03-09T04:00Z']],
    ['America/New_York', '2026-11-01T12:00Z', ['2026-11-01T04:00Z', '2026-11-02T05:00Z']],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z', ['2026-04-04T13:00Z', '2026-04-05T13:30Z']],
    ['America/Sao_Paulo', '2018-11-04T12:00Z', ['2018-11-04T03:00Z', '2018-11-05T02:00Z']],
    ['Pacific/Kiritimati', '2026-01-15T12:00Z', ['2026-01-15T10:00Z', '2026-01-16T10:00Z']],
  ])('in %s, around %s', (zone, time, [start, end]) => {
    expect(localDays(at(time), at(time) + 1, zone).starts).toEqual([at(start!), at(end!)]);
  });
  it('leaves out the day that Samoa never had', () => {
    const days = localDays(at('2011-12-29T12:00Z'), at('2011-12-31T11:00Z'), 'Pacific/Apia');
    expect(days.labels).toEqual(['2011-12-29', '2011-12-31', '2012-01-01']);
  });
  it('gives every time the day that the calendar gives it', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Asia/Shanghai',
      'Asia/Kolkata',
      'America/New_York',
      'Australia/Lord_Howe',
      'Europe/Lisbon',
      'America/Sao_Paulo',
    );
    const from = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(zone, from, fc.integer({ min: 1, max: 40 * 24 }), (timeZone, start, length) => {
        const days = localDays(start, start + length * hour, timeZone);
        for (let t = start; t < start + length * hour; t += 7 * hour + 1_234_567)
          expect(days.labels[dayIndex(days, t)]).toBe(localDay(t, timeZone));
      }),
      { numRuns: 60 },
    );
  });
  it('refuses what is no zone, and centuries', () => {
    expect(() => localDays(0, 1, 'Mars/Olympus')).toThrow(
      'timeZone is "Mars/Olympus", must be an IANA zone',
    );
    expect(() => localDays(0, Date.UTC(2026, 0), 'UTC')).toThrow('spans more than 800 days');
  });
});
