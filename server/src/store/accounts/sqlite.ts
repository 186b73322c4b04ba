import type { AccountStore } from '../../accounts/port.ts';
import { auditTable } from '../definitions/audit.ts';
import type { Sqlite } from '../definitions/database.ts';
import { secretTables } from './secrets.ts';
import { sessionTable } from './sessions.ts';
import { userTable } from './users.ts';

/** Accounts in the database of the definitions, so that one transaction holds a change and its audit entry. */
export function sqliteAccounts(db: Sqlite): AccountStore {
  const table = auditTable(db);
  const audit: Audit = (note) => {
    table.note({ ...note, reason: '' });
  };
  return { ...userTable(db, audit), ...sessionTable(db, audit), ...secretTables(db, audit) };
}

export type Audit = (note: Parameters<AccountStore['addToken']>[1]) => void;
