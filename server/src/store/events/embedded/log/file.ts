import Database from 'better-sqlite3';
import { AppError } from '../../../../errors.ts';
import { openKinds, readKinds } from './kinds.ts';
import type { Packed } from './pack.ts';

const version = 1;
/**
 * Rows lie in the order of arrival; `unique (at, id)` has the sent time first, so that it too grows at its right edge.
 * Erased rows stay as `kind` 0 with nothing but their key, so that no retry brings them back and no `seq` is used twice.
 */
const schema = `
  create table if not exists kind (
    id integer primary key, environment text not null, source text not null, unit_type text not null,
    type text not null, name text not null, flag text not null, experiment text not null,
    variant text not null, phase integer not null,
    events integer not null default 0, first integer not null default 9007199254740991,
    last integer not null default -9007199254740991, has_value integer not null default 0,
    properties text not null default '[]',
    unique (environment, source, unit_type, type, name, flag, experiment, variant, phase)
  ) strict;
  create table if not exists event (
    seq integer primary key, kind integer not null, at integer not null, shift integer not null,
    lag integer not null, value real, unit text not null, id blob not null, extra text,
    unique (at, id)
  ) strict;
  create index if not exists exposure on event (kind) where kind < 0;
  create table if not exists meta (name text primary key, value integer not null) strict;
  insert into meta (name, value) values ('gone', 0) on conflict do nothing;`;

const columns = 8;
const sizes = [50, 8, 1] as const;

export interface LogFile {
  readonly path: string;
  /** Inserts these rows in one durable transaction and marks in `accepted` those that were new. */
  readonly insert: (packed: Packed, rows: readonly number[], accepted: Uint8Array) => void;
  readonly has: (at: number, id: Uint8Array) => boolean;
  /** Distinct hours (at / 3,600,000) of the events inside. */
  readonly hours: () => number[];
  /** Events inside, erased ones left out. */
  readonly events: () => number;
  /** Blanks rows by `seq`; returns how many were exposures and how many other events. */
  readonly blank: (seqs: readonly number[]) => {
    readonly exposures: number;
    readonly events: number;
  };
  /** Removes one environment's events up to `limit` at a time; returns how many, 0 when none is left. */
  readonly remove: (environment: string, limit: number) => number;
  readonly checkpoint: () => void;
  readonly backup: (to: string) => Promise<unknown>;
  readonly close: () => void;
}

/** Opens or makes a log file for writing, and proves that a commit is a sync. */
export function openLog(path: string): LogFile {
  const db = openDurable(path);
  const found = db.pragma('user_version', { simple: true }) as number;
  if (found > version) {
    db.close();
    throw new AppError(
      'unavailable',
      `${path} is of version ${found}, this program knows ${version}`,
    );
  }
  db.exec(schema);
  db.pragma(`user_version = ${version}`);
  assertDurable(db);

  const kinds = openKinds(db);
  const inserts = sizes.map((n) =>
    db.prepare(
      `insert into event (kind, at, shift, lag, value, unit, id, extra) values ${Array.from({ length: n }, () => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ')} on conflict (at, id) do nothing`,
    ),
  );
  const has = db
    .prepare<[number, Uint8Array], number>('select 1 from event where at = ? and id = ?')
    .pluck();
  const since = db
    .prepare<[number], [number, Buffer]>('select at, id from event where seq > ?')
    .raw();
  const top = db.prepare<[], number>('select coalesce(max(seq), 0) from event').pluck();
  const hours = db.prepare<[], number>('select distinct at / 3600000 from event').pluck();
  const gone = db.prepare<[], number>("select value from meta where name = 'gone'").pluck();
  const addGone = db.prepare("update meta set value = value + ? where name = 'gone'");
  const kindAt = db.prepare<[number], number>('select kind from event where seq = ?').pluck();
  const blank = db.prepare(
    "update event set kind = 0, unit = '', value = null, extra = null where seq = ?",
  );
  const uncount = db.prepare('update kind set events = events - 1 where id = ?');
  const remove = db.prepare<[string, number]>(`
    delete from event where seq in (
      select seq from event where kind in (select value from json_each(?)) and seq < (select max(seq) from event) limit ?)`);
  const forget = db.prepare('delete from kind where id = ?');

  /** Runs one statement of `n` rows and marks those that went in. */
  function insertChunk(
    packed: Packed,
    rows: readonly number[],
    ids: readonly number[],
    accepted: Uint8Array,
  ): void {
    const statement = inserts[sizes.findIndex((n) => n === rows.length)];
    const before = last;
    const info = statement?.run(bind(packed, rows, ids));
    if (info === undefined || info.changes === 0) return;
    last = Number(info.lastInsertRowid);
    if (info.changes === rows.length) for (const row of rows) accepted[row] = 1;
    else markNew(packed, rows, since.all(before), accepted);
  }
  let last = top.get() ?? 0;

  const insertAll = db.transaction(
    (packed: Packed, rows: readonly number[], accepted: Uint8Array) => {
      const ids = packed.kinds.map(() => 0);
      for (const row of rows) {
        const kind = packed.kind[row] ?? 0;
        if (ids[kind] === 0) {
          const made = packed.kinds[kind];
          if (made !== undefined) ids[kind] = kinds.idOf(made);
        }
      }
      let from = 0;
      for (const size of sizes)
        for (; from + size <= rows.length; from += size)
          insertChunk(packed, rows.slice(from, from + size), ids, accepted);
      for (const row of rows)
        if (accepted[row] === 1)
          kinds.note(
            ids[packed.kind[row] ?? 0] ?? 0,
            (packed.at[row] ?? 0) + (packed.shift[row] ?? 0),
            packed.value[row] ?? Number.NaN,
            packed.extra[row] ?? null,
          );
      kinds.flush();
    },
  );
  const blankAll = db.transaction((seqs: readonly number[]) => {
    let exposures = 0;
    let events = 0;
    for (const seq of seqs) {
      const kind = kindAt.get(seq) ?? 0;
      if (kind === 0) continue;
      if (kind < 0) exposures++;
      else events++;
      blank.run(seq);
      uncount.run(kind);
    }
    addGone.run(exposures + events);
    return { exposures, events };
  });
  const removeSome = db.transaction((environment: string, limit: number) => {
    const ids = readKinds(db)
      .filter((k) => k.environment === environment)
      .map((k) => k.id);
    if (ids.length === 0) return 0;
    const { changes } = remove.run(JSON.stringify(ids), limit);
    if (changes > 0) {
      addGone.run(changes);
      return changes;
    }
    // Only the last row may be left: its number must not be used again, so it stays as an erased one.
    const final = ids.includes(kindAt.get(top.get() ?? 0) ?? 0)
      ? blankAll([top.get() ?? 0])
      : undefined;
    for (const id of ids) forget.run(id);
    kinds.reset();
    return final === undefined ? 0 : 1;
  });

  return {
    path,
    insert(packed, rows, accepted) {
      try {
        insertAll.immediate(packed, rows, accepted);
      } catch (error) {
        kinds.reset();
        last = top.get() ?? 0;
        throw error;
      }
    },
    has: (at, id) => has.get(at, id) !== undefined,
    hours: () => hours.all(),
    events: () => (top.get() ?? 0) - (gone.get() ?? 0),
    blank(seqs) {
      db.pragma('secure_delete = on');
      const counts = blankAll.immediate(seqs);
      db.pragma('secure_delete = off');
      db.pragma('wal_checkpoint(truncate)');
      return counts;
    },
    remove: (environment, limit) => removeSome.immediate(environment, limit),
    checkpoint: () => {
      db.pragma('wal_checkpoint(truncate)');
    },
    backup: (to) => db.backup(to, { progress: () => 250 }),
    close: () => {
      db.close();
    },
  };
}

/** A writing connection in WAL mode whose commits are synced. */
export function openDurable(path: string): Database.Database {
  const db = new Database(path, { timeout: 250 });
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.pragma('cache_size = -65536');
  db.pragma('wal_autocheckpoint = 4000');
  db.pragma('journal_size_limit = 67108864');
  return db;
}

/** better-sqlite3 is built so that WAL falls back to synchronous=NORMAL after a write; that would lose acknowledged events at power loss. */
export function assertDurable(db: Database.Database): void {
  const level = db.pragma('synchronous', { simple: true });
  const mode = db.pragma('journal_mode', { simple: true });
  if (level !== 2 || mode !== 'wal')
    throw new Error(
      `${db.name}: synchronous is ${String(level)} in mode ${String(mode)}, must be 2 (full) in wal`,
    );
}

function bind(packed: Packed, rows: readonly number[], ids: readonly number[]): unknown[] {
  const values: unknown[] = Array.from({ length: rows.length * columns });
  let at = 0;
  for (const row of rows) {
    const value = packed.value[row];
    values[at++] = ids[packed.kind[row] ?? 0];
    values[at++] = packed.at[row];
    values[at++] = packed.shift[row];
    values[at++] = packed.lag[row];
    values[at++] = Number.isNaN(value) ? null : value;
    values[at++] = packed.unit[row];
    values[at++] = idAt(packed, row);
    values[at++] = packed.extra[row];
  }
  return values;
}

export function idAt(packed: Packed, row: number): Buffer {
  return Buffer.from(packed.id.buffer, packed.id.byteOffset + row * 16, 16);
}

/** Some rows of a statement were there already: the new ones are those that now have a new number. */
function markNew(
  packed: Packed,
  rows: readonly number[],
  inserted: readonly (readonly [number, Buffer])[],
  accepted: Uint8Array,
): void {
  const fresh = new Set(inserted.map(([at, id]) => `${at}:${id.toString('hex')}`));
  for (const row of rows)
    if (fresh.delete(`${packed.at[row]}:${idAt(packed, row).toString('hex')}`)) accepted[row] = 1;
}
