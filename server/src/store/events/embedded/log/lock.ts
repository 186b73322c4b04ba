import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../errors.ts';

/**
 * Holds the folder for one writer. A lock of the operating system (taken by SQLite), so that it ends with the process,
 * kill -9 included; throws AppError `locked` when another holds it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const db = new Database(join(folder, 'lock.db'), { timeout: 250 });
  try {
    db.pragma('journal_mode = delete');
    db.exec('begin exclusive');
  } catch (error) {
    db.close();
    throw new AppError('locked', `${folder} is in use by another process`, { cause: error });
  }
  return () => {
    db.close();
  };
}
