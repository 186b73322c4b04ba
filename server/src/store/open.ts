import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountStore } from '../accounts/port.ts';
import { sqliteAccounts } from './accounts/sqlite.ts';
import { openDatabase, type Sqlite } from './definitions/database.ts';
import { migrate } from './definitions/migrate.ts';
import type { DefinitionStore } from './definitions/port.ts';
import { sqliteDefinitions } from './definitions/sqlite.ts';
import { openEmbeddedEvents } from './events/embedded/open.ts';
import type { EventStore } from './events/port.ts';
import { FolderInUse, lockFolder } from './folder-lock.ts';
import { databaseFile, eventsFolder } from './layout.ts';
import type { LookLog } from './looks/port.ts';
import { sqliteLooks } from './looks/sqlite.ts';

export { FolderInUse } from './folder-lock.ts';
export { inspectFolder } from './inspect.ts';
export { restoreStores } from './restore.ts';

export interface Stores {
  readonly definitions: DefinitionStore;
  readonly accounts: AccountStore;
  readonly events: EventStore;
  readonly looks: LookLog;
  /** Rejects when what is stored now would not last. */
  readonly probe: () => Promise<void>;
  readonly walBytes: () => Promise<number>;
  /** Consistent copies into the folder `to`, while everything goes on. */
  readonly backup: (to: string) => Promise<void>;
  close(): Promise<void>;
}

/** Opens (and at first makes) everything in the data folder, for this process alone; throws FolderInUse. */
export async function openStores(
  { data }: { readonly data: string },
  clock: () => number,
): Promise<Stores> {
  const unlock = lockFolder(data);
  let db: Sqlite | undefined;
  try {
    db = openDatabase(join(data, databaseFile));
    migrate(db);
    const events = await openEmbeddedEvents({ folder: join(data, eventsFolder), clock });
    return together(db, events, unlock);
  } catch (error) {
    db?.close();
    unlock();
    throw error;
  }
}

function together(db: Sqlite, events: EventStore, unlock: () => void): Stores {
  const definitions = sqliteDefinitions(db);
  return {
    definitions,
    accounts: sqliteAccounts(db),
    events,
    looks: sqliteLooks(db),
    probe: async () => {
      db.exec('begin immediate; rollback');
      await events.status();
    },
    walBytes: async () => {
      const own = await stat(`${db.name}-wal`).catch(() => ({ size: 0 }));
      return own.size + (await events.status()).walBytes;
    },
    backup: async (to) => {
      await db.backup(join(to, databaseFile));
      await events.backup(join(to, eventsFolder));
    },
    close: async () => {
      await events.close();
      await definitions.close();
      unlock();
    },
  };
}

/** Only the accounts, also while a server has the folder: for the command line. */
export async function withAccounts<T>(
  { data }: { readonly data: string },
  work: (accounts: AccountStore) => Promise<T>,
): Promise<T> {
  const unlock = lockUnlessInUse(data);
  const db = openDatabase(join(data, databaseFile));
  try {
    // A running server has brought the schema up to date by itself.
    if (unlock !== undefined) migrate(db);
    return await work(sqliteAccounts(db));
  } finally {
    db.close();
    unlock?.();
  }
}

function lockUnlessInUse(data: string): (() => void) | undefined {
  try {
    return lockFolder(data);
  } catch (error) {
    if (error instanceof FolderInUse) return undefined;
    throw error;
  }
}
