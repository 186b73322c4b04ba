import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface Inspected {
  readonly file: string;
  readonly bytes: number;
  /** `ok`, or what SQLite found. */
  readonly verdict: string;
}

/** Reads every database of a data folder through and says whether it is whole. Also while a server runs. */
export function inspectFolder(folder: string): Inspected[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.db') && !name.endsWith('lock.db'))
    .toSorted()
    .map((name) => inspect(join(folder, name)));
}

function inspect(file: string): Inspected {
  try {
    const db = new Database(file, { readonly: true, timeout: 2_000 });
    const verdict = String(db.pragma('quick_check', { simple: true }));
    const pages = Number(db.pragma('page_count', { simple: true }));
    const bytes = pages * Number(db.pragma('page_size', { simple: true }));
    db.close();
    return { file, bytes, verdict };
  } catch (error) {
    return { file, bytes: 0, verdict: error instanceof Error ? error.message : String(error) };
  }
}
