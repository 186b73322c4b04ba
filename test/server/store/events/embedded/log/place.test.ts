import {
  fileOf,
  isLogFile,
  maxShiftMs,
  timesOf,
} from '@assay/server/store/events/embedded/log/place';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

const day = 86_400_000;

it.each([
  ['2026-01-31T23:59:59.999Z', 0, 'log-202601.db'],
  ['2026-02-01T00:00:00.000Z', 0, 'log-202602.db'],
  ['2026-02-01T00:00:00.000Z', -day, 'log-202602.db'],
  ['2026-02-01T00:00:00.000Z', day, 'log-202602.db'],
  ['2026-02-01T00:00:00.000Z', day + 1, 'log-odd.db'],
  ['1970-01-01T00:00:00.000Z', 56 * 365 * day, 'log-odd.db'],
  ['1999-12-31T23:59:59.999Z', 0, 'log-odd.db'],
  ['2100-01-01T00:00:00.000Z', 0, 'log-odd.db'],
])('fileOf(%s, %d) is %s', (at, shift, file) => {
  expect(fileOf(Date.parse(at), shift)).toBe(file);
});

it('a file’s times hold every event that is placed in it', () => {
  const at = fc.integer({ min: Date.UTC(1960, 0), max: Date.UTC(2150, 0) });
  const shift = fc.oneof(
    fc.integer({ min: -2 * day, max: 2 * day }),
    fc.constantFrom(-maxShiftMs, 0, maxShiftMs),
  );
  fc.assert(
    fc.property(at, shift, (a, s) => {
      const file = fileOf(a, s);
      const [from, to] = timesOf(file);
      expect(isLogFile(file)).toBe(true);
      expect(a + s).toBeGreaterThanOrEqual(from);
      expect(a + s).toBeLessThan(to);
    }),
  );
});

it('no clock can make files grow: what an app can send lies in four files at most', () => {
  const received = Date.UTC(2026, 5, 15);
  const files = new Set<string>();
  fc.assert(
    fc.property(
      fc.integer({ min: -8.64e12, max: 8.64e12 }),
      fc.integer({ min: -35 * day, max: 0 }),
      (at, age) => {
        files.add(fileOf(at, received + age - at));
      },
    ),
    { numRuns: 20_000 },
  );
  for (let age = -35 * day; age <= 0; age += day / 4) files.add(fileOf(received + age, 0));
  expect(files.size).toBeLessThanOrEqual(4);
});

it.each(['log-2026.db', 'log-202601.db-wal', 'rejected.db', '../log-202601.db'])(
  '%s is no log file',
  (name) => {
    expect(isLogFile(name)).toBe(false);
  },
);
