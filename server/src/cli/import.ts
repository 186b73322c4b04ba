import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { localUrl, type Config } from '../config.ts';
import type { ImportState } from '../contract/looking.ts';
import { AppError } from '../errors.ts';

export interface ImportFlags {
  readonly url?: string;
  readonly token?: string;
  readonly environment: string;
  readonly format?: 'csv' | 'ndjson';
  readonly experiment?: string;
  readonly unitType?: string;
  readonly at?: string;
  /** JSON of a column map, or @file. */
  readonly map?: string;
  readonly id?: string;
}

/** `assay import <file>`: streams a file to a server and shows how far it is. */
export async function importFile(config: Config, file: string, flags: ImportFlags): Promise<void> {
  const token = flags.token ?? config.adminToken;
  if (token === undefined)
    throw new AppError('unauthenticated', 'Give --token ak_…, or set ASSAY_ADMIN_TOKEN.');
  const { size } = await stat(file);
  const response = await fetch(await addressOf(config, file, flags), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'content-length': String(size),
    },
    body: Readable.toWeb(createReadStream(file).pipe(progress(size))),
    duplex: 'half',
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new AppError('invalid', (answer as { detail: string }).detail);
  report(answer as ImportState);
}

async function addressOf(config: Config, file: string, flags: ImportFlags): Promise<URL> {
  const url = new URL('/api/import', flags.url ?? localUrl(config));
  const { environment, experiment, unitType, at } = flags;
  const format = flags.format ?? (extname(file) === '.csv' ? 'csv' : 'ndjson');
  const map = flags.map?.startsWith('@') ? await readFile(flags.map.slice(1), 'utf8') : flags.map;
  const id = flags.id ?? basename(file);
  const query = { environment, format, id, experiment, unitType, at, map };
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

function progress(total: number): Transform {
  let sent = 0;
  let shown = -1;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      const percent = Math.floor((100 * sent) / total);
      if (percent > shown) process.stderr.write(`\r${percent} %`);
      shown = percent;
      done(null, chunk);
    },
    flush(done) {
      process.stderr.write('\n');
      done();
    },
  });
}

function report(state: ImportState): void {
  const { rows, accepted, duplicates, badRows, bad, error } = state;
  console.log(
    `${rows} rows: ${accepted} events accepted, ${duplicates} known already, ${badRows} bad rows.`,
  );
  for (const { line, code, detail } of bad) console.log(`line ${line}: ${code}, ${detail}`);
  if (error !== null)
    throw new AppError('unavailable', `The import stopped: ${error}. Run it again to go on.`);
}
