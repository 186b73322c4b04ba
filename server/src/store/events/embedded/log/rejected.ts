import type Database from 'better-sqlite3';
import { join } from 'node:path';
import type { Rejected } from '../../port.ts';
import { assertDurable, openDurable } from './file.ts';

export const rejectedFile = 'rejected.db';
const maxKept = 10_000;
const maxAgeMs = 30 * 86_400_000;
const schema = `
  create table if not exists rejected (
    seq integer primary key autoincrement, at integer not null, environment text not null,
    code text not null, detail text not null, body text not null
  ) strict;
  create index if not exists rejected_environment on rejected (environment, seq);`;

export interface RejectedLog {
  readonly add: (rejected: readonly Rejected[]) => void;
  /** Removes those whose body names the unit. */
  readonly erase: (unit: string) => void;
  readonly clear: (environment: string) => void;
  readonly backup: (to: string) => Promise<unknown>;
  readonly close: () => void;
}

/** The newest 10,000 rejected events of 30 days, with reasons. */
export function openRejected(folder: string): RejectedLog {
  const db = openDurable(join(folder, rejectedFile));
  db.exec(schema);
  assertDurable(db);
  const insert = db.prepare(
    'insert into rejected (at, environment, code, detail, body) values (?, ?, ?, ?, ?)',
  );
  const trim = db.prepare(
    'delete from rejected where seq <= (select max(seq) from rejected) - ? or at < ?',
  );
  const erase = db.prepare('delete from rejected where instr(body, ?) > 0');
  const clear = db.prepare('delete from rejected where environment = ?');
  const addAll = db.transaction((rejected: readonly Rejected[]) => {
    let newest = 0;
    for (const r of rejected.slice(-maxKept)) {
      newest = Math.max(newest, r.at);
      insert.run(r.at, r.environment, r.code, r.detail, r.body.slice(0, 2_000));
    }
    trim.run(maxKept, newest - maxAgeMs);
  });
  return {
    add: (rejected) => {
      addAll.immediate(rejected);
    },
    erase: (unit) => {
      erase.run(JSON.stringify(unit));
    },
    clear: (environment) => {
      clear.run(environment);
    },
    backup: (to) => db.backup(to),
    close: () => {
      db.close();
    },
  };
}

/** The newest first. */
export function readRejected(
  db: Database.Database,
  environment: string,
  limit: number,
): Rejected[] {
  return db
    .prepare<[string, number], Rejected>(
      'select at, environment, code, detail, body from rejected where environment = ? order by seq desc limit ?',
    )
    .all(environment, limit);
}
