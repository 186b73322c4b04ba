import { join } from 'node:path';
import type { AccountStore } from '../accounts/port.ts';
import { sqliteAccounts } from './accounts/sqlite.ts';
import { openDatabase } from './definitions/database.ts';
import { migrate } from './definitions/migrate.ts';
import type { DefinitionStore } from './definitions/port.ts';
import { sqliteDefinitions } from './definitions/sqlite.ts';
import type { EventStore } from './events/port.ts';
import { lockFolder } from './folder-lock.ts';

export { FolderInUse } from './folder-lock.ts';

export interface Stores {
  readonly definitions: DefinitionStore;
  readonly accounts: AccountStore;
  readonly events: EventStore;
  /** Rejects when what is stored now would not last. */
  readonly probe: () => Promise<void>;
  readonly walBytes: () => Promise<number>;
  /** Consistent copies into the folder `to`, while everything goes on. */
  backup(to: string): Promise<void>;
  close(): Promise<void>;
}

const databaseFile = 'assay.db';

/** Opens (and at first makes) everything in the data folder, for this process alone; throws FolderInUse. */
export async function openStores({ data }: { readonly data: string }): Promise<Stores> {
  const unlock = lockFolder(data);
  const db = openDatabase(join(data, databaseFile));
  migrate(db);
  const definitions = sqliteDefinitions(db);
  const events = {} as EventStore;
  return {
    definitions,
    accounts: sqliteAccounts(db),
    events,
    probe: async () => {
      db.exec('begin immediate; rollback');
    },
    walBytes: async () => 0,
    backup: async (to) => {
      await db.backup(join(to, databaseFile));
    },
    close: async () => {
      await definitions.close();
      unlock();
    },
  };
}
