import type Database from 'better-sqlite3';
import type { Kind } from './pack.ts';

/** A kind with its number in one file (negative: exposures) and what was counted of it. */
export interface KindRow extends Kind {
  readonly id: number;
  readonly events: number;
  readonly first: number;
  readonly last: number;
  readonly hasValue: boolean;
  readonly properties: readonly string[];
}
interface RawKind extends Omit<KindRow, 'hasValue' | 'properties'> {
  readonly hasValue: number;
  readonly properties: string;
}

const select = `
  select id, environment, source, unit_type as unitType, type, name, flag, experiment, variant, phase,
    events, first, last, has_value as hasValue, properties
  from kind`;

export function readKinds(db: Database.Database): KindRow[] {
  return db
    .prepare<[], RawKind>(select)
    .all()
    .map((row) =>
      Object.assign(row, {
        hasValue: row.hasValue === 1,
        properties: JSON.parse(row.properties) as string[],
      }),
    );
}

const maxRemembered = 20_000;
const maxProperties = 100;
const alwaysSampled = 200;

/** Counts of one kind that are not yet written. */
interface Tally {
  readonly id: number;
  readonly names: Set<string>;
  sampled: number;
  named: boolean;
  events: number;
  first: number;
  last: number;
  hasValue: number;
}

export interface Kinds {
  /** The number of a kind in this file, made on first sight. Inside a transaction. */
  readonly idOf: (kind: Kind) => number;
  readonly note: (id: number, time: number, value: number, extra: string | null) => void;
  /** Writes what was noted since; inside the same transaction as the events. */
  readonly flush: () => void;
  /** Forgets what was noted and remembered: after a rollback. */
  readonly reset: () => void;
}

/** The dictionary of one log file. */
export function openKinds(db: Database.Database): Kinds {
  const find = db.prepare<(string | number)[], { id: number; properties: string }>(`
    select id, properties from kind
    where environment = ? and source = ? and unit_type = ? and type = ? and name = ? and flag = ?
      and experiment = ? and variant = ? and phase = ?`);
  const insert = db.prepare(`
    insert into kind (environment, source, unit_type, type, name, flag, experiment, variant, phase, id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const next = db.prepare<[], number>('select coalesce(max(abs(id)), 0) + 1 from kind').pluck();
  const add = db.prepare(`
    update kind set events = events + ?, first = min(first, ?), last = max(last, ?), has_value = max(has_value, ?)
    where id = ?`);
  const name = db.prepare('update kind set properties = ? where id = ?');
  const tallies = new Map<number, Tally>();
  const ids = new Map<string, number>();
  const touched = new Set<Tally>();

  function load(kind: Kind): number {
    const { environment, source, unitType, type, flag, experiment, variant, phase } = kind;
    const tuple = [
      environment,
      source,
      unitType,
      type,
      kind.name,
      flag,
      experiment,
      variant,
      phase,
    ];
    let found = find.get(...tuple);
    if (found === undefined) {
      const id = (next.get() ?? 1) * (type === 'exposure' ? -1 : 1);
      insert.run(...tuple, id);
      found = { id, properties: '[]' };
    }
    tallies.set(found.id, {
      ...fresh(found.id),
      names: new Set(JSON.parse(found.properties) as string[]),
    });
    return found.id;
  }

  return {
    idOf(kind) {
      const key = JSON.stringify(kind);
      let id = ids.get(key);
      if (id === undefined) {
        id = load(kind);
        ids.set(key, id);
      }
      return id;
    },
    note(id, time, value, extra) {
      const t = tallies.get(id);
      if (t === undefined) return;
      touched.add(t);
      t.events++;
      if (time < t.first) t.first = time;
      if (time > t.last) t.last = time;
      if (!Number.isNaN(value)) t.hasValue = 1;
      if (extra !== null && id > 0) sample(t, extra);
    },
    flush() {
      for (const t of touched) {
        add.run(t.events, t.first, t.last, t.hasValue, t.id);
        if (t.named) name.run(JSON.stringify([...t.names].toSorted()), t.id);
        Object.assign(t, {
          events: 0,
          first: Infinity,
          last: -Infinity,
          hasValue: 0,
          named: false,
        });
      }
      touched.clear();
      if (ids.size > maxRemembered) {
        ids.clear();
        tallies.clear();
      }
    },
    reset() {
      ids.clear();
      tallies.clear();
      touched.clear();
    },
  };
}

function fresh(id: number): Omit<Tally, 'names'> {
  return { id, sampled: 0, named: false, events: 0, first: Infinity, last: -Infinity, hasValue: 0 };
}

/** Property names come from the first events of a kind, then from one in 64. */
function sample(t: Tally, extra: string): void {
  t.sampled++;
  if (t.sampled > alwaysSampled && t.sampled % 64 !== 0) return;
  for (const property of Object.keys(JSON.parse(extra) as object))
    if (t.names.size < maxProperties && !t.names.has(property)) {
      t.names.add(property);
      t.named = true;
    }
}
