import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImportState } from '../contract/looking.ts';

/** What is remembered of an import, so that it can go on where it stopped. */
export interface ImportJob extends ImportState {
  /** When rows without a time happened, ms. */
  readonly at: number;
  /** Digest of the rows that are stored: the file sent again must begin with them. */
  readonly digest: string;
}

export interface ImportJobs {
  readonly load: (id: string) => Promise<ImportJob | undefined>;
  readonly save: (job: ImportJob) => Promise<void>;
  /** The newest first. */
  readonly list: () => Promise<readonly ImportJob[]>;
}

/** One small JSON file a job, replaced as a whole. */
export async function openImportJobs(folder: string): Promise<ImportJobs> {
  await mkdir(folder, { recursive: true });
  const fileOf = (id: string): string =>
    join(folder, `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`);
  return {
    load: (id) => read(fileOf(id)),
    async save(job) {
      const file = fileOf(job.id);
      await writeFile(`${file}.new`, JSON.stringify(job));
      await rename(`${file}.new`, file);
    },
    async list() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const jobs = await Promise.all(names.map((name) => read(join(folder, name))));
      return jobs
        .filter((job) => job !== undefined)
        .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
    },
  };
}

async function read(file: string): Promise<ImportJob | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ImportJob;
  } catch {
    // Missing, or cut by a crash: the import begins anew, and counts nothing twice.
    return undefined;
  }
}
