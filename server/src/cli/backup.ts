import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { checkBackup, makeBackup, type Manifest } from '../operations/backup.ts';
import { askControl } from '../operations/control.ts';
import { version } from '../operations/version.ts';
import { FolderInUse, openStores, restoreStores } from '../store/open.ts';

/** `assay backup <folder>`: by the running server where there is one, else by this process. */
export async function backup({ data }: Config, folder: string): Promise<void> {
  const to = resolve(folder);
  const manifest = await aside(data, to);
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`${to}: ${manifest.files.length} files, ${bytes} bytes, each with its checksum.`);
}

async function aside(data: string, to: string): Promise<Manifest> {
  try {
    const stores = await openStores({ data }, Date.now);
    try {
      return await makeBackup({ copy: stores.backup, clock: Date.now, version }, to);
    } finally {
      await stores.close();
    }
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    return (await askControl(data, 'backup', to)) as Manifest;
  }
}

/** `assay restore <folder>`: into an empty data folder, after checking every file. */
export async function restore({ data }: Config, folder: string): Promise<void> {
  const from = resolve(folder);
  const { madeAt, files } = await checkBackup(from);
  await restoreStores(from, data, Date.now());
  console.log(`${data} is as it was at ${madeAt} (${files.length} files).`);
}
