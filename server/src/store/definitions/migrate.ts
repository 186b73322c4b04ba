import { existsSync } from 'node:fs';
import type { Sqlite } from './database.ts';
import { accounts } from './migrations/002-accounts.ts';
import { definitions } from './migrations/001-definitions.ts';
import { looks } from './migrations/003-looks.ts';

/** In order; only ever appended to. The file's user_version says how many it has seen. */
const migrations = [definitions, accounts, looks];

/**
 * Brings a database to this program's schema, one transaction a step. A database that already holds something is
 * copied beside itself first; one made by a newer program is refused.
 */
export function migrate(db: Sqlite): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length)
    throw new Error(
      `${db.name} has schema ${version}; this program knows ${migrations.length}. Run the newer version that wrote it.`,
    );
  if (version === migrations.length) return;
  if (version > 0) keepCopy(db, version);
  for (let step = version; step < migrations.length; step++)
    db.transaction(() => {
      db.exec(migrations[step] ?? '');
      db.pragma(`user_version = ${step + 1}`);
    }).immediate();
}

function keepCopy(db: Sqlite, version: number): void {
  const copy = `${db.name}.before-${version + 1}`;
  if (!db.memory && !existsSync(copy)) db.prepare('vacuum into ?').run(copy);
}
