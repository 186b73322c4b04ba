import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { isLogFile } from './log/place.ts';

export const manifestName = 'events.json';

/** What a backup holds, so that a restore can tell that it is whole. */
export interface Manifest {
  readonly schema: 1;
  readonly madeAt: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

/**
 * Copies a backup's event files into an empty folder, after checking every one of them. Throws AppError `invalid` with
 * the file that is missing or changed, `conflict` where the folder already holds events. Not while a store is open there.
 */
export async function restoreEvents(from: string, folder: string): Promise<Manifest> {
  const manifest = JSON.parse(await readFile(join(from, manifestName), 'utf8')) as Manifest;
  const wrong = [];
  for (const file of manifest.files)
    if (!/^[a-z0-9.-]+$/.test(file.name) || (await digest(join(from, file.name))) !== file.sha256)
      wrong.push(file.name);
  if (wrong.length > 0)
    throw new AppError(
      'invalid',
      `the backup is damaged: ${wrong.join(', ')} is missing or changed`,
    );
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).some(isLogFile))
    throw new AppError('conflict', `${folder} already holds events`);
  for (const { name } of manifest.files) await copyFile(join(from, name), join(folder, name));
  return manifest;
}

async function digest(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}
