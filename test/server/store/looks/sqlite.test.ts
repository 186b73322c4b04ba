import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '@assay/server/store/definitions/database';
import { looks as migration } from '@assay/server/store/definitions/migrations/003-looks';
import { sqliteLooks } from '@assay/server/store/looks/sqlite';
import type { Look } from '@assay/server/store/looks/port';

const of = { experiment: 'exp', phase: 1, startedAt: 1_000 };
const look = (number: number, units = 200): Look => ({
  number,
  at: number,
  final: false,
  units,
  rows: [{ metric: 'm', variant: 'a', moments: { n: 3, mean: [0.1 + 0.2], comoment: [1e-300] } }],
});

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'assay-looks-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

it('keeps looks in order, to the last digit, through a restart', async () => {
  const file = join(openFolder(), 'looks.db');
  const first = openDatabase(file);
  first.exec(migration);
  await sqliteLooks(first).record(of, look(1));
  await sqliteLooks(first).record(of, look(2, 400));
  first.close();
  const again = openDatabase(file);
  onTestFinished(() => {
    again.close();
  });
  expect(await sqliteLooks(again).looks(of)).toEqual([look(1), look(2, 400)]);
});

it('spends a look once: the first of a number stays, and nothing changes it', async () => {
  const db = openDatabase(join(openFolder(), 'looks.db'));
  db.exec(migration);
  const log = sqliteLooks(db);
  await log.record(of, look(1));
  await log.record(of, look(1, 999));
  expect(await log.looks(of)).toEqual([look(1)]);
  expect(() => db.exec(`update looks set body = '{}'`)).toThrow('a look is spent once');
});

it('keeps the looks of phases, and of a later experiment with the same key, apart', async () => {
  const db = openDatabase(join(openFolder(), 'looks.db'));
  db.exec(migration);
  const log = sqliteLooks(db);
  await log.record(of, look(1));
  expect(await log.looks({ ...of, phase: 2 })).toEqual([]);
  expect(await log.looks({ ...of, startedAt: 2_000 })).toEqual([]);
});
