import { constants, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { openDatabase } from './definitions/database.ts';
import { migrate } from './definitions/migrate.ts';
import { restoreEvents } from './events/embedded/restore.ts';
import { databaseFile, eventsFolder } from './layout.ts';

/** More than anybody changes between a backup and its restore. */
const ahead = 1_000_000;
const skipAhead = `update sqlite_sequence set seq = seq + ${ahead} where name = 'revisions'`;
const noteRestore = `
  insert into audit (at, author, action, kind, key, reason, request_id, before, after)
  values (?, 'command line', 'restore', 'backup', '', '', 'restore', 'null', 'null')`;

/** Copies a checked backup into a data folder that is empty or absent; `conflict` where it is neither. */
export async function restoreStores(from: string, data: string, now: number): Promise<void> {
  if (existsSync(data) && readdirSync(data).length > 0)
    throw new AppError('conflict', `${data} is not empty; restore into a new folder.`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  await restoreEvents(join(from, eventsFolder), join(data, eventsFolder));
  // The database comes last: with it the folder is whole.
  const file = join(data, databaseFile);
  copyFileSync(join(from, databaseFile), file, constants.COPYFILE_EXCL);
  const db = openDatabase(file);
  migrate(db);
  // Rulesets that apps have seen since the backup are newer by number; those of the restored server must be newer still.
  db.exec(skipAhead);
  db.prepare(noteRestore).run(now);
  db.close();
}
