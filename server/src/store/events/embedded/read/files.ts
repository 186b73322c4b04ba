import Database from 'better-sqlite3';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readKinds, type KindRow } from '../log/kinds.ts';
import { isLogFile, timesOf } from '../log/place.ts';
import { rejectedFile } from '../log/rejected.ts';

const maxOpen = 40;

/** One log file as a reader sees it. */
export interface OpenLog {
  readonly file: string;
  readonly db: Database.Database;
  readonly kinds: readonly KindRow[];
}

export interface LogFiles {
  /** Files that can hold corrected times in [from, to), oldest month first, with their dictionaries of this moment. */
  readonly between: (from: number, to: number) => Generator<OpenLog>;
  readonly rejected: () => Database.Database | undefined;
  readonly close: () => void;
}

/** Read-only connections to the files of a folder. */
export function openLogFiles(folder: string): LogFiles {
  const open = new Map<string, Database.Database>();
  function take(file: string): Database.Database {
    const db = open.get(file) ?? new Database(join(folder, file), { readonly: true, timeout: 250 });
    open.delete(file);
    open.set(file, db);
    for (const [name, old] of open) {
      if (open.size <= maxOpen) break;
      if (name === file) continue;
      open.delete(name);
      old.close();
    }
    return db;
  }
  return {
    *between(from, to) {
      for (const file of readdirSync(folder).filter(isLogFile).toSorted()) {
        const [first, end] = timesOf(file);
        if (first >= to || end <= from) continue;
        const db = take(file);
        yield { file, db, kinds: readKinds(db) };
      }
    },
    rejected: () => (existsSync(join(folder, rejectedFile)) ? take(rejectedFile) : undefined),
    close() {
      for (const db of open.values()) db.close();
      open.clear();
    },
  };
}
