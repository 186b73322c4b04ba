import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import { keyOf, type Authenticate } from '../delivery/key.ts';
import { sendProblem } from '../http/problem.ts';
import { requestIdOf } from '../http/request-id.ts';
import type { EventSource, EventStore, StoredEvent } from '../store/events/port.ts';
import { readBatch, type Batch } from './batch.ts';
import { checkHeaders, readJson } from './body.ts';
import { createBuffer, retryAfter } from './buffer.ts';
import { createLive, type Knows, type LiveListener, type RejectedBody } from './live.ts';
import { createQuarantine } from './quarantine.ts';
import { watchLag } from './shed.ts';

const path = '/sdk/v1/events';
const defaultMaxLateMs = 35 * 86_400_000;

export interface IntakeDeps {
  readonly store: Pick<EventStore, 'append' | 'noteRejected' | 'seen'>;
  readonly authenticate: Authenticate;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly knows: Knows;
  /** How an environment's events are labelled; `sdk` unless told. */
  readonly sourceOf?: (environment: string) => EventSource;
  /** Older events are refused, ms; 35 days unless told. */
  readonly maxLateMs?: number;
  /** What became of a batch; rejections by code. */
  readonly count?: (counts: {
    readonly accepted: number;
    readonly duplicates: number;
    readonly rejected: readonly string[];
  }) => void;
  /** A failure that no caller can act on. */
  readonly bug: (error: unknown, requestId: string) => void;
}
export interface Intake {
  /** Answers `/sdk/v1/events` (true) and leaves the rest; plain node:http, to stand before Express. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** Shows what arrives in one environment, a few times a second; returns how to end it. */
  subscribe(environment: string, listener: LiveListener): () => void;
  /** Event-loop lag, ms, and events that wait for the disk. */
  pressure(): { readonly lagMs: number; readonly waiting: number };
  /** Writes the rejected ones that wait. The server has stopped listening by then. */
  close(): Promise<void>;
}

/** Where apps send their events: checked one by one, durable before the answer. */
export function createIntake(deps: IntakeDeps): Intake {
  const { store, clock, chance, maxLateMs = defaultMaxLateMs } = deps;
  const buffer = createBuffer(store, chance);
  const live = createLive(store, deps.knows);
  const quarantine = createQuarantine(store);
  const shedder = watchLag({ now: () => performance.now(), random: chance });

  async function take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // By the headers alone: under a flood even reading is too much.
    if (shedder.refuses())
      throw new AppError('unavailable', 'The server is busy; send this again later.', {
        retryAfterSeconds: retryAfter(chance),
      });
    const { environment } = keyOf(req, deps.authenticate);
    checkHeaders(req);
    const body = await readJson(req);
    const received = clock();
    const source = deps.sourceOf?.(environment) ?? 'sdk';
    const batch = readBatch(body, { environment, source, received, maxLateMs });
    const result = await buffer.append(batch.events);
    const { accepted } = result;
    const duplicates = batch.duplicates + result.duplicates;
    answer(res, { accepted, duplicates, rejected: batch.rejected });
    tell(environment, batch, { accepted, received, rejected: withBodies(batch, body) });
    deps.count?.({ accepted, duplicates, rejected: batch.rejected.map((r) => r.code) });
  }

  function tell(
    environment: string,
    { events }: { readonly events: readonly StoredEvent[] },
    told: {
      readonly accepted: number;
      readonly received: number;
      readonly rejected: readonly RejectedBody[];
    },
  ): void {
    if (told.accepted > 0) live.accepted(environment, events);
    if (told.rejected.length === 0) return;
    live.rejected(environment, told.rejected, told.received);
    quarantine.add(environment, told.rejected, told.received);
  }

  return {
    handle(req, res) {
      if (pathOf(req) !== path) return false;
      openToAll(res);
      if (req.method === 'OPTIONS') preflight(res);
      else
        attempt(req, res).catch((error: unknown) => {
          const requestId = requestIdOf(res);
          if (sendProblem(res, error, requestId).status === 500) deps.bug(error, requestId);
        });
      return true;
    },
    subscribe: live.subscribe,
    pressure: () => ({ lagMs: shedder.lagMs(), waiting: buffer.waiting() }),
    close() {
      shedder.close();
      live.close();
      return quarantine.close();
    },
  };

  async function attempt(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.method === 'POST') return take(req, res);
    res.setHeader('Allow', 'POST, OPTIONS');
    throw new AppError('invalid', `${req.method ?? ''} is not answered here, only POST.`, {
      status: 405,
    });
  }
}

function withBodies({ rejected }: Batch, body: unknown): RejectedBody[] {
  const sent = (body as { readonly events: readonly unknown[] }).events;
  return rejected.map((r) => ({
    index: r.index,
    code: r.code,
    detail: r.detail,
    sent: sent[r.index],
  }));
}

function answer(res: ServerResponse, told: object): void {
  const body = Buffer.from(JSON.stringify(told));
  res.writeHead(202, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  res.end(body);
}

/** Any page may send with its public key; no cookie is ever looked at, so no credentials are allowed. */
function openToAll(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('X-Content-Type-Options', 'nosniff');
}

function preflight(res: ServerResponse): void {
  res.writeHead(204, {
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, Content-Encoding',
    'Access-Control-Max-Age': '86400',
  });
  res.end();
}

function pathOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
}
