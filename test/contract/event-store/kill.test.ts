import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIngestServer, startIngestServer } from '../../support/built-ingest.ts';
import { mulberry32 } from '../../support/random.ts';

const cycles = 50;
const senders = 8;
const batchSize = 50;
const seed = 20_261_124;

interface Batch {
  readonly ids: readonly string[];
  readonly body: string;
}
interface Answer {
  readonly accepted: number;
  readonly duplicates: number;
}

let built: string;
let folder: string;
beforeAll(async () => {
  built = await buildIngestServer();
  folder = await mkdtemp(join(tmpdir(), 'assay-kill-'));
}, 60_000);
afterAll(async () => {
  await rm(built, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

describe('kill -9 during ingest', () => {
  it(`${cycles} times: nothing acknowledged is missing, nothing counts twice`, async () => {
    const random = mulberry32(seed);
    const sent = new Set<string>();
    const acknowledged = new Set<string>();
    let accepted = 0;
    let retries = 0;
    /** Batches that were under way when the server was killed: a client sends them again as they are. */
    let unanswered: Batch[] = [];

    for (let cycle = 0; cycle < cycles; cycle++) {
      const server = await startIngestServer(built, folder);
      const agent = new Agent({ keepAlive: true });
      const again = unanswered;
      unanswered = [];
      retries += again.length;
      const work = Array.from({ length: senders }, async () => {
        for (;;) {
          const batch = again.pop() ?? makeBatch(sent);
          const answer = await post(server.url, batch.body, agent).catch(() => undefined);
          if (answer === undefined) {
            unanswered.push(batch);
            return;
          }
          expect(answer.accepted + answer.duplicates).toBe(batchSize);
          accepted += answer.accepted;
          for (const id of batch.ids) acknowledged.add(id);
        }
      });
      const life = 10 + Math.floor(random() * 250);
      await new Promise((resolve) => setTimeout(resolve, life));
      const gone = once(server.process, 'exit');
      server.process.kill('SIGKILL');
      await Promise.all([...work, gone]);
      agent.destroy();
    }

    const store = await openEmbeddedEvents({ folder, readers: 1 });
    const stored = (await store.recent('production', 10_000_000)).map((e) => e.id);
    const { events } = await store.status();
    await store.close();
    const unique = new Set(stored);
    expect(stored.length - unique.size, 'counted twice').toBe(0);
    expect(
      [...acknowledged].filter((id) => !unique.has(id)),
      'acknowledged and missing',
    ).toEqual([]);
    expect(
      stored.filter((id) => !sent.has(id)),
      'never sent',
    ).toEqual([]);
    expect(events).toBe(stored.length);
    // The test has bitten: there were many events, many cut requests, and some of those had been stored before the cut.
    expect(acknowledged.size).toBeGreaterThan(cycles * batchSize);
    expect(retries).toBeGreaterThan(cycles);
    expect(stored.length).toBeGreaterThanOrEqual(accepted);
    console.log(
      `kill -9: ${cycles} cycles, ${acknowledged.size} events acknowledged, ${stored.length} stored, ${retries} batches sent again, ${stored.length - accepted} events stored but not told`,
    );
  }, 240_000);
});

function makeBatch(sent: Set<string>): Batch {
  const ids = Array.from({ length: batchSize }, () => randomUUID());
  for (const id of ids) sent.add(id);
  const now = Date.now();
  const events = ids.map((id, i) => ({
    id,
    type: 'track',
    at: now - i,
    unit: `u${i}`,
    name: 'order_paid',
    value: i,
    properties: { currency: 'CNY' },
  }));
  return { ids, body: JSON.stringify({ events, sentAt: now }) };
}

function post(url: string, body: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { authorization: 'Bearer ck', 'content-type': 'application/json' },
      },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          if (res.statusCode === 202)
            resolve(JSON.parse(Buffer.concat(chunks).toString()) as Answer);
          else reject(new Error(`status ${res.statusCode}`));
        });
        res.on('close', () => {
          reject(new Error('cut'));
        });
      },
    );
    req.on('error', reject);
    req.end(body);
  });
}
