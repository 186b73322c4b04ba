/**
 * Ingest over HTTP beside the limits of the same machine in the same run:
 *   node --conditions=source --import tsx test/bench/ingest.ts [seconds]
 */
import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { StoredEvent } from '@assay/server/store/events/port';
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIngestServer, startIngestServer } from '../support/built-ingest.ts';
import { mulberry32 } from '../support/random.ts';

const seconds = Number(process.argv[2] ?? 10);
const batchSize = 100;
const connections = 32;
const random = mulberry32(1);

const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
const built = await buildIngestServer();
try {
  console.log(`${cpus().length} × ${cpus()[0]?.model ?? ''}, Node ${process.version}\n`);
  const rows = [
    ['append + fdatasync, 1,000 events of 100 bytes a batch', appendLimit(join(folder, 'raw'))],
    [
      'the store itself, in its worker thread, 100 events a batch',
      await storeLimit(join(folder, 'store')),
    ],
    [
      `over HTTP, ${batchSize} events a batch, ${connections} connections, load on the same machine`,
      await http(join(folder, 'http')),
    ],
  ] as const;
  console.log(
    '| what | events/s | CPU µs/event | p50 ms | p99 ms |\n| --- | ---: | ---: | ---: | ---: |',
  );
  for (const [what, { perSecond, cpu, p50, p99 }] of rows)
    console.log(
      `| ${what} | ${Math.round(perSecond).toLocaleString('en')} | ${cpu.toFixed(1)} | ${p50?.toFixed(1) ?? ''} | ${p99?.toFixed(1) ?? ''} |`,
    );
  console.log('\nTarget over HTTP: 30,000 events/s or more, p99 under 250 ms.');
} finally {
  await rm(folder, { recursive: true, force: true });
  await rm(built, { recursive: true, force: true });
}

interface Figures {
  readonly perSecond: number;
  /** Of the process that stores, load generator not counted, µs an event: robust on a busy machine. */
  readonly cpu: number;
  readonly p50?: number;
  readonly p99?: number;
}

/** What the disk gives: plain appends, synced in groups of 1,000 as the store's are. */
function appendLimit(path: string): Figures {
  const file = openSync(path, 'a');
  const block = Buffer.alloc(100 * 1_000, 120);
  const started = performance.now();
  const cpu = process.cpuUsage();
  let events = 0;
  while (performance.now() - started < 2_000) {
    writeSync(file, block);
    fdatasyncSync(file);
    events += 1_000;
  }
  closeSync(file);
  return {
    perSecond: (events * 1_000) / (performance.now() - started),
    cpu: ownCpu(cpu) / events,
  };
}

async function storeLimit(path: string): Promise<Figures> {
  const store = await openEmbeddedEvents({ folder: path });
  const batches = Array.from({ length: 3_000 }, () => storedBatch());
  const started = performance.now();
  const cpu = process.cpuUsage();
  const lanes = Array.from({ length: 64 }, async () => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop())
      await store.append(batch);
  });
  await Promise.all(lanes);
  const took = performance.now() - started;
  const used = ownCpu(cpu);
  await store.close();
  const events = 3_000 * batchSize;
  return { perSecond: (events * 1_000) / took, cpu: used / events };
}

function ownCpu(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

/** CPU time of another process, µs; NaN where /proc is not there. */
function cpuOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return Number.NaN;
  }
}

async function http(path: string): Promise<Figures> {
  const server = await startIngestServer(built, path);
  const url = new URL(server.url);
  const requests = Array.from({ length: 1_000 * seconds }, () => httpRequest(url));
  const waits: number[] = [];
  let events = 0;
  const before = cpuOf(server.process.pid ?? 0);
  const started = performance.now();
  const end = started + seconds * 1_000;
  const lanes = Array.from({ length: connections }, async () => {
    const lane = await openLane(url);
    for (
      let next = requests.pop();
      next !== undefined && performance.now() < end;
      next = requests.pop()
    ) {
      const sent = performance.now();
      if ((await lane.send(next)) === 202) events += batchSize;
      waits.push(performance.now() - sent);
    }
    lane.close();
  });
  await Promise.all(lanes);
  const took = performance.now() - started;
  const used = cpuOf(server.process.pid ?? 0) - before;
  server.process.kill('SIGTERM');
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
  return { perSecond: (events * 1_000) / took, cpu: used / events, p50: at(0.5), p99: at(0.99) };
}

function storedBatch(): StoredEvent[] {
  const now = Date.now();
  return Array.from({ length: batchSize }, (_, i): StoredEvent => ({
    id: uuid7(now),
    type: 'track',
    at: now - i,
    time: now - i,
    received: now,
    environment: 'production',
    unitType: 'userId',
    unit: `user-${Math.floor(random() * 1e6)}`,
    source: 'sdk',
    name: i % 5 === 0 ? 'order_paid' : 'page_view',
    ...(i % 5 === 0 && { value: Math.round(random() * 1e4) / 100 }),
  }));
}

function httpRequest(url: URL): Buffer {
  const now = Date.now();
  const events = storedBatch().map(
    ({ time: _t, received: _r, environment: _e, source: _s, ...sent }) => sent,
  );
  const body = JSON.stringify({ events, sentAt: now });
  return Buffer.from(
    `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ck\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function uuid7(now: number): string {
  const time = now.toString(16).padStart(12, '0');
  const part = (length: number): string =>
    Math.floor(random() * 16 ** length)
      .toString(16)
      .padStart(length, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${part(3)}-8${part(3)}-${part(12)}`;
}

/** One keep-alive connection without a client library, so that the load takes little of the two cores. */
async function openLane(
  url: URL,
): Promise<{ send: (request: Buffer) => Promise<number>; close: () => void }> {
  const socket: Socket = connect(Number(url.port), url.hostname);
  await new Promise<void>((resolve, reject) =>
    socket.once('connect', resolve).once('error', reject),
  );
  let told: ((status: number) => void) | undefined;
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < head + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = '';
    told?.(status);
  });
  return {
    send: (request) =>
      new Promise((resolve) => {
        told = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
