import type { Sqlite } from './database.ts';
import type { AuditEntry } from './port.ts';

const insertEntry = `
  insert into audit (at, author, action, kind, key, reason, request_id, before, after)
  values (@at, @author, @action, @kind, @key, @reason, @requestId, @before, @after)`;
const selectEntries = `
  select id, at, author, action, kind, key, reason, request_id as requestId, before, after
  from audit where id < @before order by id desc limit @limit`;

export interface AuditTable {
  /** Joins the transaction that is open. */
  note(entry: Omit<AuditEntry, 'id'>): void;
  newest(limit: number, before?: number): AuditEntry[];
}

type Row = AuditEntry & { readonly before: string; readonly after: string };

export function auditTable(db: Sqlite): AuditTable {
  const insert = db.prepare(insertEntry);
  const select = db.prepare<{ limit: number; before: number }, Row>(selectEntries);
  return {
    note(entry) {
      insert.run({
        ...entry,
        before: JSON.stringify(entry.before ?? null),
        after: JSON.stringify(entry.after ?? null),
      });
    },
    newest: (limit, before = Number.MAX_SAFE_INTEGER) => select.all({ limit, before }).map(read),
  };
}

function read(row: Row): AuditEntry {
  return {
    ...row,
    before: JSON.parse(row.before) as unknown,
    after: JSON.parse(row.after) as unknown,
  };
}
