import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventStore, StoreStatus } from '../port.ts';
import { createGroups } from './groups.ts';
import { buffersOf } from './log/pack.ts';
import { manifestName, type Manifest } from './restore.ts';
import { keepThread } from './kept-thread.ts';
import { createReaders } from './readers.ts';
import { startThread, type Thread } from './thread.ts';
import type { WriterMethods } from './writer.ts';

export interface EmbeddedOptions {
  readonly folder: string;
  readonly clock?: () => number;
  /** Threads that answer questions. */
  readonly readers?: number;
  /** A question that takes longer is given up. ms. */
  readonly readMs?: number;
}

/**
 * The event store inside this process: one writing thread, and reading threads of their own, over a folder of SQLite
 * files. Throws AppError `locked` when another process writes there.
 */
export async function openEmbeddedEvents(options: EmbeddedOptions): Promise<EventStore> {
  const { folder, clock = Date.now, readers: count = 2, readMs = 30_000 } = options;
  await mkdir(folder, { recursive: true });
  const writer = await keepThread(() => openWriter(folder));
  const readers = createReaders(folder, { count, readMs });
  const groups = createGroups((packed) => writer.call('append', packed, buffersOf(packed)));

  return {
    append: groups.append,
    moments: (query) => readers.ask('moments', query),
    population: (query) => readers.ask('population', query),
    halves: (query) => readers.ask('halves', query),
    counts: (query) => readers.ask('counts', query),
    seen: (environment) => readers.ask('seen', environment),
    recent: (environment, limit) => readers.ask('recent', { environment, limit }),
    unit: (environment, unitType, unit) => readers.ask('unit', { environment, unitType, unit }),
    rejected: (environment, limit) => readers.ask('rejected', { environment, limit }),
    noteRejected: (rejected) => writer.call('noteRejected', rejected),
    async erase(unitType, unit) {
      let events = 0;
      let exposures = 0;
      for (const place of await readers.ask('rows', { unitType, unit })) {
        const gone = await writer.call('blank', place);
        events += gone.events;
        exposures += gone.exposures;
      }
      await writer.call('eraseRejected', unit);
      return { unitType, events, exposures, erasedAt: clock() };
    },
    async clear(environment) {
      let total = 0;
      for (const file of await writer.call('files', undefined))
        for (let gone = -1; gone !== 0; total += gone)
          gone = await writer.call('remove', { file, environment });
      await writer.call('clearRejected', environment);
      return total;
    },
    async status() {
      return { events: await writer.call('events', undefined), ...(await sizes(folder)) };
    },
    async backup(to) {
      await mkdir(to, { recursive: true });
      const names = await writer.call('backup', to);
      const files = await readers.ask('digest', { in: to, names });
      const manifest: Manifest = { schema: 1, madeAt: new Date(clock()).toISOString(), files };
      await writeFile(join(to, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    },
    async close() {
      await groups.close();
      await readers.stop();
      await writer.call('close', undefined);
      await writer.stop();
    },
  };
}

async function openWriter(folder: string): Promise<Thread<WriterMethods>> {
  const writer = startThread<WriterMethods>(import.meta.url, 'writer', undefined);
  try {
    await writer.call('open', folder);
    return writer;
  } catch (error) {
    await writer.stop();
    throw error;
  }
}

async function sizes(folder: string): Promise<Omit<StoreStatus, 'events'>> {
  const files: { name: string; bytes: number }[] = [];
  for (const name of (await readdir(folder)).toSorted())
    if (/\.db(-wal)?$/.test(name)) {
      const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }));
      files.push({ name, bytes: size });
    }
  const total = (of: typeof files): number => of.reduce((sum, f) => sum + f.bytes, 0);
  return {
    files,
    bytes: total(files),
    walBytes: total(files.filter((f) => f.name.endsWith('-wal'))),
  };
}
