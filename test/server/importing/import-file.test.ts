import type { ColumnMap } from '@assay/server/contract/looking';
import { importFile, type ImportOptions } from '@assay/server/importing/import-file';
import { openImportJobs, type ImportJobs } from '@assay/server/importing/jobs';
import type { EventStore, StoredEvent } from '@assay/server/store/events/port';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cookieCatsShape } from '../../support/cookie-cats-shape.ts';
import { openPlainEvents } from '../../support/plain-events.ts';

const now = Date.UTC(2026, 2, 1, 12);
const start = Date.UTC(2026, 0, 10);
const experiment = { key: 'gate', flag: 'first-gate', phase: 1, variants: ['gate-30', 'gate-40'] };
const map: ColumnMap = {
  unit: 'userid',
  variant: 'test_version',
  variants: { gate_30: 'gate-30', gate_40: 'gate-40' },
  outcomes: [
    { column: 'sum_gamerounds', event: 'rounds', kind: 'number' },
    { column: 'retention_1', event: 'day1', kind: 'boolean' },
    { column: 'retention_7', event: 'day7', kind: 'boolean' },
  ],
  attributes: [],
};

let folder: string;
let jobs: ImportJobs;
let store: EventStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-import-'));
  jobs = await openImportJobs(join(folder, 'imports'));
  store = openPlainEvents(() => now);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** In pieces of a length that cuts lines and characters. */
async function* pieces(text: string | Uint8Array, length = 37): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += length)
    yield await Promise.resolve(bytes.subarray(i, i + length));
}
const run = (text: string | Uint8Array, rest: Partial<ImportOptions> = {}) =>
  importFile({
    store,
    jobs,
    id: 'cats',
    environment: 'production',
    format: 'csv',
    map,
    experiment,
    at: start,
    stream: pieces(text),
    clock: () => now,
    ...rest,
  });
const stored = async (): Promise<readonly StoredEvent[]> =>
  (await store.recent('production', 100_000)).toReversed();

const sample = readFileSync(new URL('../../golden/cookie-cats-shape.csv', import.meta.url), 'utf8');

describe('a unit-level CSV', () => {
  it('comes from its script', () => {
    expect(cookieCatsShape(240, 1)).toBe(sample);
  });

  it('becomes an exposure a row and an event for each true or non-zero outcome, a minute later', async () => {
    const state = await run(sample);
    expect(state).toMatchObject({
      status: 'done',
      rows: 240,
      badRows: 0,
      error: null,
      duplicates: 0,
      bytes: sample.length,
    });
    const events = await stored();
    expect(state.accepted).toBe(events.length);
    const count = (variant: string, name?: string): number => {
      const units = new Set(
        events.filter((e) => e.type === 'exposure' && e.variant === variant).map((e) => e.unit),
      );
      return name === undefined
        ? units.size
        : events.filter((e) => e.type === 'track' && e.name === name && units.has(e.unit)).length;
    };
    // Counted in the file with awk.
    expect(
      ['gate-30', 'gate-40'].map((v) => [
        count(v),
        count(v, 'rounds'),
        count(v, 'day1'),
        count(v, 'day7'),
      ]),
    ).toEqual([
      [127, 111, 67, 38],
      [113, 94, 54, 28],
    ]);
    // 155,gate_40,154,True,False
    expect(events.filter((e) => e.unit === '155')).toEqual([
      expect.objectContaining({
        type: 'exposure',
        experiment: 'gate',
        flag: 'first-gate',
        variant: 'gate-40',
        phase: 1,
        at: start,
        time: start,
        received: now,
        source: 'import',
      }),
      expect.objectContaining({ type: 'track', name: 'rounds', value: 154, at: start + 60_000 }),
      expect.objectContaining({ type: 'track', name: 'day1', at: start + 60_000 }),
    ]);
  });

  it('counts nothing twice when it is sent again, under the same name or after its job was lost', async () => {
    const first = await run(sample);
    const again = await run(sample);
    expect(again).toMatchObject({
      status: 'done',
      accepted: first.accepted,
      duplicates: 0,
      rows: 240,
    });
    jobs = await openImportJobs(join(folder, 'elsewhere'));
    expect(await run(sample)).toMatchObject({ accepted: 0, duplicates: first.accepted });
    expect(await stored()).toHaveLength(first.accepted);
  });

  it('goes on where a cut connection left it', async () => {
    const text = cookieCatsShape(5_000, 3);
    const cut = run(text, {
      stream: (async function* () {
        yield* pieces(text.slice(0, text.length / 2), 4_096);
        throw new Error('the connection was cut');
      })(),
    });
    const half = await cut;
    expect(half).toMatchObject({ status: 'failed', error: 'the connection was cut' });
    expect(half.rows).toBeGreaterThan(500);
    const seen: number[] = [];
    const whole = await run(text, { onProgress: (s) => seen.push(s.rows) });
    expect(whole).toMatchObject({ status: 'done', rows: 5_000, duplicates: 0, error: null });
    expect(seen[0]).toBeGreaterThan(half.rows);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(await stored()).toHaveLength(whole.accepted);
  });

  it('fails with the reason when the store cannot write, and goes on afterwards', async () => {
    const real = store;
    store = { ...real, append: () => Promise.reject(new Error('the disk is full')) };
    expect(await run(sample)).toMatchObject({
      status: 'failed',
      error: 'the disk is full',
      rows: 0,
    });
    store = real;
    expect(await run(sample)).toMatchObject({ status: 'done', rows: 240 });
  });

  it('refuses another file under the same name', async () => {
    await run(sample);
    await expect(run(cookieCatsShape(240, 2))).rejects.toMatchObject({ code: 'conflict' });
    await expect(run(sample.slice(0, 2_000))).rejects.toMatchObject({ code: 'conflict' });
    expect((await jobs.load('cats'))?.status).toBe('done');
  });

  it('lists bad rows with their lines and takes the others', async () => {
    const text = [
      'userid,test_version,sum_gamerounds,retention_1,retention_7',
      '1,gate_30,3,True,False',
      '2,gate_50,3,True,False',
      ',gate_30,3,True,False',
      '4,gate_40,many,True,False',
      '5,gate_40,3,perhaps,False',
      '6,gate_40',
      '7,gate_40,"3,True,False',
    ].join('\n');
    const state = await run(text);
    expect(state.bad.map((b) => [b.line, b.code, b.detail])).toEqual([
      [3, 'invalid', 'test_version is "gate_50", must be one of gate-30, gate-40'],
      [4, 'invalid', 'unit is "": must be 1 to 256 characters, no control characters'],
      [5, 'invalid', 'sum_gamerounds is "many", must be a number'],
      [6, 'invalid', 'retention_1 is "perhaps", must be true or false'],
      [7, 'invalid', 'the row has no column "sum_gamerounds"'],
      [8, 'invalid', expect.stringContaining('Quote')],
    ]);
    expect(state).toMatchObject({ status: 'done', badRows: 6, accepted: 3 });
  });

  it.each([
    [
      'the file has no column "retention_1", "retention_7"; it has "userid", "test_version", "sum_gamerounds"',
      'userid,test_version,sum_gamerounds\n1,gate_30,2\n',
    ],
    ['the file has no header row', ''],
    [
      'the file is not UTF-8; save it as UTF-8',
      Buffer.concat([
        Buffer.from('userid,test_version,sum_gamerounds,retention_1,retention_7\n'),
        Buffer.from([0xd6, 0xd0, 0x0a]),
      ]),
    ],
  ])('ends with: %s', async (error, text) => {
    expect(await run(text)).toMatchObject({ status: 'failed', error });
  });

  it.each([
    ['map is missing: a CSV file needs to know its columns', { map: undefined }],
    [
      'experiment is missing: the file has variants, of which experiment?',
      { experiment: undefined },
    ],
  ])('is not begun: %s', async (message, rest) => {
    await expect(run(sample, rest)).rejects.toThrow(message);
  });
});

describe('an event-level CSV', () => {
  it('takes unit, time, name, value and properties from columns', async () => {
    const text =
      '\ufeffwho,when,what,much,currency,code\r\nu1,2026-01-15 12:00:00,order_paid,12.5,CNY,007\r\nu2,1768478400,visit,,,\r\n';
    const state = await run(text, {
      experiment: undefined,
      unitType: 'deviceId',
      map: {
        unit: 'who',
        time: 'when',
        event: 'what',
        value: 'much',
        attributes: ['currency', 'code'],
        outcomes: [],
      },
    });
    expect(state).toMatchObject({ status: 'done', accepted: 2, badRows: 0 });
    const noon = Date.UTC(2026, 0, 15, 12);
    expect(await stored()).toEqual([
      expect.objectContaining({
        type: 'track',
        unit: 'u1',
        unitType: 'deviceId',
        name: 'order_paid',
        at: noon,
        value: 12.5,
        properties: { currency: 'CNY', code: '007' },
      }),
      expect.objectContaining({ type: 'track', unit: 'u2', name: 'visit', at: noon }),
    ]);
  });
});

describe('NDJSON', () => {
  it('takes events as apps send them, old ones too, and fills in what is left out', async () => {
    const text = [
      JSON.stringify({
        type: 'track',
        unit: 'u1',
        name: 'visit',
        at: Date.UTC(2019, 5, 1),
        properties: { 国: '中国' },
      }),
      '',
      JSON.stringify({
        type: 'exposure',
        unit: 'u1',
        variant: 'gate-30',
        time: '2026-01-15T12:00:00+08:00',
      }),
      'not json',
      JSON.stringify({ type: 'track', unit: 'u1', name: 'visit', at: Date.UTC(1999, 5, 1) }),
      JSON.stringify({ type: 'track', unit: 'u1', name: 'visit', at: now + 25 * 3_600_000 }),
      JSON.stringify({ type: 'track', unit: 'u2', name: 'visit' }),
    ].join('\n');
    const state = await run(text, { format: 'ndjson', map: undefined });
    expect(state.bad).toEqual([
      { line: 4, code: 'invalid', detail: 'the line is not JSON' },
      {
        line: 5,
        code: 'too_old',
        detail: 'the time is 1999-06-01T00:00:00.000Z, must be 2000 or later',
      },
      {
        line: 6,
        code: 'in_future',
        detail: 'the time is 2026-03-02T13:00:00.000Z, more than 24 h ahead',
      },
    ]);
    expect(await stored()).toEqual([
      expect.objectContaining({ unit: 'u1', at: Date.UTC(2019, 5, 1), properties: { 国: '中国' } }),
      expect.objectContaining({
        type: 'exposure',
        experiment: 'gate',
        flag: 'first-gate',
        phase: 1,
        at: Date.UTC(2026, 0, 15, 4),
      }),
      expect.objectContaining({ unit: 'u2', at: start }),
    ]);
  });
});
