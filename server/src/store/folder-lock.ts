import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Another process has the data folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Takes the data folder for this process, creating it if need be; returns how to let it go. The lock is one that the
 * operating system drops when the process dies, however it dies: a file with a process id in it would have to be guessed about.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new Database(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (cause instanceof Database.SqliteError && cause.code === 'SQLITE_BUSY')
      throw new FolderInUse(`${folder} is in use by another Assay.`, { cause });
    throw cause;
  }
  return () => {
    lock.close();
  };
}
