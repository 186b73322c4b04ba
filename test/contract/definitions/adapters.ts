import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@assay/server/store/definitions/database';
import { migrate } from '@assay/server/store/definitions/migrate';
import type { DefinitionStore } from '@assay/server/store/definitions/port';
import { sqliteDefinitions } from '@assay/server/store/definitions/sqlite';

export interface Opened {
  readonly store: DefinitionStore;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<DefinitionStore>;
  dispose(): Promise<void>;
}

function openSqlite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-definitions-'));
  const open = (): DefinitionStore => {
    const db = openDatabase(join(folder, 'assay.db'));
    migrate(db);
    return sqliteDefinitions(db);
  };
  let store = open();
  return Promise.resolve({
    store,
    reopen: async () => {
      await store.close();
      store = open();
      return store;
    },
    dispose: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  });
}

/** Every implementation of the port; the suite runs once for each. */
export const adapters: readonly { name: string; open: () => Promise<Opened> }[] = [
  { name: 'sqlite', open: openSqlite },
];
