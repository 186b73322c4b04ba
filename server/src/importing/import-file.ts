import { createHash } from 'node:crypto';
import type { ColumnMap, ImportState } from '../contract/looking.ts';
import { AppError } from '../errors.ts';
import type { EventStore, StoredEvent } from '../store/events/port.ts';
import { readCsvRow, type Cells, outcomeDelayMs } from './csv-row.ts';
import { eventIds } from './event-id.ts';
import type { ImportJob, ImportJobs } from './jobs.ts';
import { readNdjsonRow } from './ndjson-row.ts';
import { decode, readCsv, readLines, type FileRecord } from './records.ts';
import type { BadRow, ImportExperiment, Read, Target } from './target.ts';

const atOnce = 2_000;
const mostListed = 100;

export interface ImportOptions {
  readonly store: Pick<EventStore, 'append'>;
  readonly jobs: ImportJobs;
  /** Names the import: the same file sent again under it goes on and counts nothing twice. */
  readonly id: string;
  readonly environment: string;
  readonly format: 'ndjson' | 'csv';
  /** For CSV. */
  readonly map?: ColumnMap | undefined;
  /** Whose exposures the file holds. */
  readonly experiment?: ImportExperiment | undefined;
  readonly unitType?: string | undefined;
  /** When rows without a time happened, ms; the first start's time unless told. */
  readonly at?: number | undefined;
  readonly stream: AsyncIterable<Uint8Array>;
  readonly totalBytes?: number | undefined;
  readonly clock: () => number;
  readonly onProgress?: (state: ImportState) => void;
}

/**
 * Reads a file into the store as it comes, a few thousand events at a time. Bad rows are listed, not fatal. What ends an
 * import early (a cut connection, a full disk) leaves it `failed` with the reason; the same file under the same id goes on.
 * Throws AppError `invalid` for a map that does not fit, `conflict` where the id belongs to another file.
 */
export async function importFile(options: ImportOptions): Promise<ImportState> {
  const before = await options.jobs.load(options.id);
  let job = begin(options, before);
  const pending: StoredEvent[] = [];
  const bad: ImportState['bad'] = [...job.bad];
  const hash = createHash('sha256');
  const skip = job.rows;
  let row = 0;
  let badRows = job.badRows;
  let bytes = 0;

  function note(line: number, why: BadRow): void {
    badRows++;
    if (bad.length < mostListed) bad.push({ line, ...why });
  }
  async function flush(): Promise<void> {
    const { accepted, duplicates } = await options.store.append(pending.splice(0));
    job = {
      ...job,
      rows: Math.max(row, job.rows),
      accepted: job.accepted + accepted,
      duplicates: job.duplicates + duplicates,
      bytes,
      bad: bad.toSorted((a, b) => a.line - b.line),
      badRows,
      digest: hash.copy().digest('hex'),
    };
    await keep();
  }
  async function keep(): Promise<void> {
    await options.jobs.save(job);
    options.onProgress?.(stateOf(job));
  }

  try {
    const read = reader(options, job.at);
    for await (const record of records(options, (more) => (bytes += more))) {
      if ('unreadable' in record) {
        if (row >= skip) note(record.line, { code: 'invalid', detail: record.unreadable });
        continue;
      }
      row++;
      hash.update(JSON.stringify(record.content));
      if (row === skip && before !== undefined && hash.copy().digest('hex') !== before.digest)
        throw otherFile(options.id);
      if (row <= skip) continue;
      const result = read(record.content, record.line);
      if ('events' in result) pending.push(...result.events);
      else note(record.line, result.bad);
      if (pending.length >= atOnce) await flush();
    }
    if (row < skip) throw otherFile(options.id);
    await flush();
    job = { ...job, status: 'done', finishedAt: iso(options.clock()) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') throw error;
    const message = error instanceof Error ? error.message : String(error);
    job = { ...job, status: 'failed', error: message, finishedAt: iso(options.clock()) };
  }
  await keep();
  return stateOf(job);
}

function begin(options: ImportOptions, before: ImportJob | undefined): ImportJob {
  const { id, environment, format, map, experiment, clock } = options;
  if (format === 'csv' && map === undefined)
    throw new AppError('invalid', 'map is missing: a CSV file needs to know its columns');
  if (map?.variant !== undefined && experiment === undefined)
    throw new AppError(
      'invalid',
      'experiment is missing: the file has variants, of which experiment?',
    );
  if (before !== undefined && (before.environment !== environment || before.format !== format))
    throw otherFile(id);
  const now = clock();
  const fresh = {
    id,
    environment,
    format,
    rows: 0,
    accepted: 0,
    duplicates: 0,
    bytes: 0,
    bad: [],
    badRows: 0,
    startedAt: iso(now),
    // Without times the outcomes are the latest that can count: the future would not.
    at: options.at ?? now - outcomeDelayMs,
    digest: '',
  };
  const totalBytes = options.totalBytes ?? null;
  return { ...(before ?? fresh), status: 'running', error: null, finishedAt: null, totalBytes };
}

function otherFile(id: string): AppError {
  return new AppError(
    'conflict',
    `the import ${JSON.stringify(id)} was begun with another file; give this one another id`,
  );
}

function records(
  { format, stream, map }: ImportOptions,
  seen: (bytes: number) => void,
): AsyncIterable<FileRecord<string | Cells>> {
  const text = decode(stream, seen);
  return format === 'ndjson' || map === undefined ? readLines(text) : readCsv(text, columnsOf(map));
}

function columnsOf(map: ColumnMap): string[] {
  const { unit, variant, time, event, value, attributes, outcomes } = map;
  return [
    unit,
    variant,
    time,
    event,
    value,
    ...attributes,
    ...outcomes.map((o) => o.column),
  ].filter((name) => name !== undefined);
}

type Reader = (content: string | Cells, line: number) => Read<StoredEvent>;

function reader(options: ImportOptions, at: number): Reader {
  const { id, environment, experiment, unitType = 'userId', map, clock } = options;
  const target: Target = { ids: eventIds(id), environment, unitType, at, experiment };
  const now = clock();
  return (content, line) => {
    if (typeof content === 'string') return readNdjsonRow(content, line, { target, now });
    if (map === undefined) throw new Error('a CSV file is read without its map');
    return readCsvRow(content, line, { target, map, now });
  };
}

function stateOf({ at: _at, digest: _digest, ...state }: ImportJob): ImportState {
  return state;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
