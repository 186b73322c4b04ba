import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { CountQuery, HalvesQuery, MomentQuery, PopulationQuery } from '../port.ts';
import { readRejected } from './log/rejected.ts';
import { deadline } from './read/deadline.ts';
import { openLogFiles } from './read/files.ts';
import { answerCounts } from './read/counts.ts';
import { answerRecent, answerRows, answerSeen, answerUnit } from './read/look.ts';
import { answerMoments } from './read/moments.ts';
import { answerHalves, answerPopulation } from './read/population.ts';
import { serve } from './serve.ts';

const { folder, readMs } = workerData as { readonly folder: string; readonly readMs: number };
const files = openLogFiles(folder);
const soon = (): ReturnType<typeof deadline> => deadline(readMs, () => performance.now());

/** Reads beside the writer, on connections of its own. */
const methods = {
  moments: (query: MomentQuery) => answerMoments(files, query, soon()),
  population: (query: PopulationQuery) => answerPopulation(files, query, soon()),
  halves: (query: HalvesQuery) => answerHalves(files, query, soon()),
  counts: (query: CountQuery) => answerCounts(files, query, soon()),
  seen: (environment: string) => answerSeen(files, environment),
  recent: ({ environment, limit }: { readonly environment: string; readonly limit: number }) =>
    answerRecent(files, environment, limit),
  unit: (key: { readonly environment: string; readonly unitType: string; readonly unit: string }) =>
    answerUnit(files, key, soon()),
  rows: (key: { readonly unitType: string; readonly unit: string }) =>
    answerRows(files, key, soon()),
  rejected: ({ environment, limit }: { readonly environment: string; readonly limit: number }) => {
    const db = files.rejected();
    return db === undefined ? [] : readRejected(db, environment, limit);
  },
  /** Size and sha-256 of files. */
  digest: ({ in: where, names }: { readonly in: string; readonly names: readonly string[] }) =>
    names.map((name) => ({
      name,
      bytes: statSync(join(where, name)).size,
      sha256: sha256(join(where, name)),
    })),
  close: () => {
    files.close();
  },
} as const;
export type ReaderMethods = typeof methods;

function sha256(path: string): string {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const chunk = Buffer.allocUnsafe(1 << 20);
  for (let n = readSync(file, chunk); n > 0; n = readSync(file, chunk))
    hash.update(chunk.subarray(0, n));
  closeSync(file);
  return hash.digest('hex');
}

serve(methods);
