import type { Kind } from '../../contract/definitions.ts';
import { AppError } from '../../errors.ts';
import { auditTable, type AuditTable } from './audit.ts';
import { writing, type Sqlite } from './database.ts';
import type { Change, DefinitionStore, StoredRevision } from './port.ts';

const columns = `r.sequence, r.kind, r.key, r.revision, r.body, r.archived, r.action, r.reason,
  r.author as updatedBy, r.created_at as createdAt, r.at as updatedAt`;
const selectCurrent = `select ${columns} from current c join revisions r on r.sequence = c.sequence`;
const selectOneCurrent = `${selectCurrent} where c.kind = ? and c.key = ?`;
const selectSequence = `select seq from sqlite_sequence where name = 'revisions'`;
const selectRevisions = `select ${columns} from revisions r
  where r.kind = ? and r.key = ? and r.revision < ? order by r.revision desc limit ?`;
const selectRevision = `select ${columns} from revisions r where r.kind = ? and r.key = ? and r.revision = ?`;
const insertRevision = `
  insert into revisions (kind, key, revision, body, archived, action, reason, author, created_at, at)
  values (@kind, @key, @revision, @body, @archived, @action, @reason, @author, @createdAt, @at)`;
const pointCurrent = `
  insert into current (kind, key, sequence) values (@kind, @key, @sequence)
  on conflict (kind, key) do update set sequence = excluded.sequence`;
const permitPurge = 'insert into purging (kind, key) values (?, ?)';
const deleteCurrent = 'delete from current where kind = ? and key = ?';
const deleteRevisions = 'delete from revisions where kind = ? and key = ?';
const endPurge = 'delete from purging';
/** What is gone changes rulesets too, so it takes a number like any change. */
const skipSequence = `update sqlite_sequence set seq = seq + 1 where name = 'revisions'`;

interface Row {
  readonly sequence: number;
  readonly kind: Kind;
  readonly key: string;
  readonly revision: number;
  readonly body: string;
  readonly archived: number;
  readonly action: string;
  readonly reason: string;
  readonly updatedBy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** Definitions in a migrated SQLite database, which the caller opened; `close` closes it. */
export function sqliteDefinitions(db: Sqlite): DefinitionStore {
  const audit = auditTable(db);
  const append = appender(db, audit);
  const purge = purger(db, audit);
  const current = db.prepare<[], Row>(selectCurrent);
  const sequence = db.prepare<[], { seq: number }>(selectSequence);
  const revisions = db.prepare<[Kind, string, number, number], Row>(selectRevisions);
  const revision = db.prepare<[Kind, string, number], Row>(selectRevision);
  const load = db.transaction(() => ({
    definitions: current.all().map(read),
    sequence: sequence.get()?.seq ?? 0,
  }));
  return {
    load: async () => load(),
    append: async (changes) => writing(() => append.immediate(changes)),
    revisions: async (kind, key, limit, before = Number.MAX_SAFE_INTEGER) =>
      revisions.all(kind, key, before, limit).map(read),
    revision: async (kind, key, number) => {
      const row = revision.get(kind, key, number);
      return row && read(row);
    },
    purge: async (items, by) => {
      writing(() => purge.immediate(items, by));
    },
    audit: async (limit, before) => audit.newest(limit, before),
    noteAudit: async (entry) => {
      writing(() => {
        audit.note(entry);
      });
    },
    close: async () => {
      db.close();
    },
  };
}

function appender(db: Sqlite, audit: AuditTable) {
  const one = db.prepare<[Kind, string], Row>(selectOneCurrent);
  const insert = db.prepare(insertRevision);
  const point = db.prepare(pointCurrent);
  const apply = (change: Change): StoredRevision => {
    const before = one.get(change.kind, change.key);
    refuseStale(change, before?.revision ?? null);
    const revision = (before?.revision ?? 0) + 1;
    const createdAt = before?.createdAt ?? change.at;
    const { lastInsertRowid } = insert.run({
      ...change,
      revision,
      createdAt,
      body: JSON.stringify(change.body),
      archived: change.archived ? 1 : 0,
    });
    const sequence = Number(lastInsertRowid);
    point.run({ kind: change.kind, key: change.key, sequence });
    audit.note({
      ...change,
      before: before === undefined ? null : (JSON.parse(before.body) as unknown),
      after: change.body,
    });
    return stored(change, { revision, createdAt, sequence });
  };
  return db.transaction((changes: readonly Change[]) => changes.map(apply));
}

function stored(
  { kind, key, body, archived, action, reason, author, at }: Change,
  given: Pick<StoredRevision, 'revision' | 'createdAt' | 'sequence'>,
): StoredRevision {
  return { kind, key, body, archived, action, reason, updatedBy: author, updatedAt: at, ...given };
}

function refuseStale({ kind, key, expected }: Change, revision: number | null): void {
  if (expected === revision) return;
  const message =
    revision === null
      ? `${kind} "${key}" does not exist; the change was made against revision ${expected}.`
      : `${kind} "${key}" is at revision ${revision}; the change was made ${expected === null ? 'to create it' : `against ${expected}`}.`;
  throw new AppError('conflict', message, { status: 412, extra: { revision } });
}

function purger(db: Sqlite, audit: AuditTable) {
  const steps = [permitPurge, deleteCurrent, deleteRevisions].map((sql) => db.prepare(sql));
  const end = db.prepare(endPurge);
  const skip = db.prepare(skipSequence);
  return db.transaction((...[items, by]: Parameters<DefinitionStore['purge']>) => {
    for (const { kind, key } of items) {
      for (const step of steps) step.run(kind, key);
      audit.note({ ...by, action: 'purge', kind, key, reason: '', before: null, after: null });
    }
    end.run();
    skip.run();
  });
}

function read({ body, archived, ...row }: Row): StoredRevision {
  return {
    ...row,
    archived: archived === 1,
    body: JSON.parse(body) as Readonly<Record<string, unknown>>,
  };
}
