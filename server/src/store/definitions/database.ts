import Database from 'better-sqlite3';
import { AppError } from '../../errors.ts';

export type Sqlite = Database.Database;

/**
 * Opens a database file for writing: WAL, and every commit on the disk before it returns. better-sqlite3 is built so
 * that WAL falls back to synchronous=NORMAL, which loses acknowledged commits on power loss: hence set, and asserted.
 */
export function openDatabase(file: string): Sqlite {
  const db = new Database(file, { timeout: 250 });
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.pragma('foreign_keys = on');
  assertDurable(db);
  return db;
}

/** Throws unless the connection is WAL with synchronous=FULL. */
export function assertDurable(db: Sqlite): void {
  const journal = db.pragma('journal_mode', { simple: true });
  const synchronous = db.pragma('synchronous', { simple: true });
  if ((journal !== 'wal' && journal !== 'memory') || synchronous !== 2)
    throw new Error(
      `${db.name}: journal_mode is ${String(journal)} and synchronous ${String(synchronous)}, must be wal and 2 (full)`,
    );
}

/** Runs a write; a disk that is full, busy or failing is `unavailable`, which callers may retry. */
export function writing<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof Database.SqliteError && /^SQLITE_(BUSY|FULL|IOERR)/.test(cause.code))
      throw new AppError('unavailable', `The database cannot be written to now (${cause.code}).`, {
        cause,
        retryAfterSeconds: 5,
      });
    throw cause;
  }
}
