import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { AppError } from '../errors.ts';

const manifestName = 'backup.json';

/** What a backup holds. Paths are relative to it, with `/`. */
export interface Manifest {
  readonly version: string;
  readonly madeAt: string;
  readonly files: readonly {
    readonly path: string;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

export interface BackupDeps {
  /** Consistent copies of everything into a folder that exists. */
  readonly copy: (to: string) => Promise<void>;
  readonly clock: () => number;
  readonly version: string;
}

/** Makes the folder `to` a backup: it appears whole, with the checksums of its files, or not at all. `conflict` when it exists. */
export async function makeBackup(deps: BackupDeps, to: string): Promise<Manifest> {
  if (await exists(to))
    throw new AppError('conflict', `${to} exists; a backup needs a new folder.`);
  const partial = `${to}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    await deps.copy(partial);
    const manifest: Manifest = {
      version: deps.version,
      madeAt: new Date(deps.clock()).toISOString(),
      files: await describe(partial),
    };
    await writeFile(join(partial, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    await mkdir(dirname(to), { recursive: true });
    await rename(partial, to);
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The manifest of a backup whose every file is as it was written; `invalid` names those that are not. */
export async function checkBackup(from: string): Promise<Manifest> {
  const text = await readFile(join(from, manifestName), 'utf8').catch((cause: unknown) => {
    throw new AppError('invalid', `${from} is no backup: it has no ${manifestName}.`, { cause });
  });
  const manifest = JSON.parse(text) as Manifest;
  const wrong: string[] = [];
  for (const { path, sha256 } of manifest.files)
    if ((await digest(join(from, path)).catch(() => undefined)) !== sha256) wrong.push(path);
  if (wrong.length > 0)
    throw new AppError('invalid', `The backup is damaged: ${wrong.join(', ')} missing or changed.`);
  return manifest;
}

async function describe(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  const files = paths.toSorted().map(async (path) => ({
    path: relative(folder, path).replaceAll('\\', '/'),
    bytes: (await stat(path)).size,
    sha256: await digest(path),
  }));
  return Promise.all(files);
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
