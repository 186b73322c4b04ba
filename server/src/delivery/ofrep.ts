import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import { sendProblem } from '../http/problem.ts';
import { requestIdOf } from '../http/request-id.ts';
import { openToAll, preflight } from './cors.ts';
import { keyOf, type Authenticate, type KeyIdentity } from './key.ts';
import { isFresh } from './negotiate.ts';
import {
  answerOf,
  notFound,
  statusOfAnswer,
  type OfrepAnswer,
  type OfrepFailure,
} from './ofrep-answer.ts';
import { OfrepRefusal, readContext } from './ofrep-request.ts';
import type { Published, Publisher } from './publisher.ts';
import { createStreams } from './stream.ts';

const flagsPath = '/ofrep/v1/evaluate/flags';
const streamPath = '/ofrep/v1/stream';
/** A hidden page is told to close its stream after this time, s. */
const inactivityDelaySec = 120;

export interface OfrepDeps {
  readonly publisher: Publisher;
  readonly authenticate: Authenticate;
  readonly clock: () => number;
  /** In [0, 1). */
  readonly chance: () => number;
  /** Where the server stands behind a path of its public address: `/ab`, else empty. */
  readonly prefix: string;
  /** Whether the server has too much to do just now. */
  readonly isBusy: () => boolean;
  /** A failure that no caller can act on. */
  readonly bug: (error: unknown, requestId: string) => void;
}
export interface Ofrep {
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  streams(): number;
  close(): void;
}
type Key = KeyIdentity & { readonly text: string };

/**
 * The OpenFeature Remote Evaluation Protocol, 0.3: any language asks for one flag or for all. A client key gets the
 * flags that are visible to clients, decided with all that the server knows.
 */
export function createOfrep(deps: OfrepDeps): Ofrep {
  const { publisher, authenticate, chance } = deps;
  const streams = createStreams({
    ...deps,
    isValid: (key) => authenticate(key.text)?.environment === key.environment,
    message: () => '{"type": "refetchEvaluation"}',
  });

  async function one(req: IncomingMessage, res: ServerResponse, flag: string): Promise<void> {
    const { ruleset, sees } = readable(req);
    const context = await readContext(req);
    const answer = sees(flag) ? answerOf(ruleset, flag, context) : notFound(flag);
    const { version } = ruleset;
    send(req, res, 'errorCode' in answer ? answer : withVersion(answer, version));
  }

  async function all(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { key, ruleset, sees } = readable(req);
    const context = await readContext(req);
    // No version here: with it every publish would look to a client like a change of every flag.
    const flags = Object.keys(ruleset.flags)
      .filter(sees)
      .map((flag) => answerOf(ruleset, flag, context));
    const metadata = { flagSetId: ruleset.environment };
    send(req, res, { flags, metadata, ...eventStreams(key, deps.prefix) });
  }

  /** The ruleset by which a key's flags are decided, and which of them it may know. */
  function readable(req: IncomingMessage) {
    // A client of this protocol waits as long as it is told only after a 429.
    if (deps.isBusy())
      throw new AppError('rate_limited', 'The server is busy; ask again later.', {
        retryAfterSeconds: 1 + Math.floor(5 * chance()),
      });
    const key = ofrepKeyOf(req, authenticate);
    const { ruleset } = present(publisher, key, 'server');
    const { flags } = present(publisher, key, key.kind).ruleset;
    return { key, ruleset, sees: (flag: string) => Object.hasOwn(flags, flag) };
  }

  async function serve(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    if (path === streamPath) {
      allow(req, 'GET');
      const key = ofrepKeyOf(req, authenticate);
      present(publisher, key, 'server');
      // What decides for a client may be hidden from it, so it is told of every change.
      streams.open(res, { ...key, kind: 'server' });
      return;
    }
    allow(req, 'POST');
    const flag = flagOf(path);
    try {
      await (flag === undefined ? all(req, res) : one(req, res, flag));
    } catch (error) {
      if (!(error instanceof OfrepRefusal)) throw error;
      const { errorCode, message } = error;
      const body = { errorCode, errorDetails: message };
      send(req, res, flag === undefined ? body : { key: flag, ...body });
    }
  }

  return {
    handle(req, res) {
      const path = pathOf(req);
      if (path !== flagsPath && path !== streamPath && !path.startsWith(`${flagsPath}/`))
        return false;
      openToAll(res);
      if (req.method === 'OPTIONS') preflight(res, 'GET, POST, OPTIONS');
      else
        serve(req, res, path).catch((error: unknown) => {
          const requestId = requestIdOf(res);
          if (sendProblem(res, error, requestId).status === 500) deps.bug(error, requestId);
        });
      return true;
    },
    streams: () => streams.count(),
    close: () => {
      streams.close();
    },
  };
}

function withVersion(answer: Extract<OfrepAnswer, { reason: string }>, version: number) {
  return { ...answer, metadata: { ...answer.metadata, version: String(version) } };
}

/** A page cannot send a header on a stream: its public key stands in the address and lasts as long as itself. A server key must not, so its holder polls. */
function eventStreams({ kind, text }: Key, prefix: string): object {
  if (kind === 'server') return {};
  const requestUri = `${prefix}${streamPath}?key=${encodeURIComponent(text)}`;
  // Without an origin it is the one at which the client has reached us.
  return { eventStreams: [{ type: 'sse', endpoint: { requestUri }, inactivityDelaySec }] };
}

/** OFREP names two ways to send a key: `Authorization: Bearer` and `X-API-Key`. */
function ofrepKeyOf(req: IncomingMessage, authenticate: Authenticate): Key {
  const { authorization, 'x-api-key': apiKey } = req.headers;
  if (authorization !== undefined || typeof apiKey !== 'string') return keyOf(req, authenticate);
  return keyOf({ url: req.url, headers: { authorization: `Bearer ${apiKey}` } }, authenticate);
}

function present(publisher: Publisher, { environment }: Key, kind: Key['kind']): Published {
  const published = publisher.current(environment, kind);
  if (published !== undefined) return published;
  throw new AppError('forbidden', `The environment "${environment}" is not there any more.`);
}

function allow(req: IncomingMessage, method: string): void {
  if (req.method === method) return;
  throw new AppError('invalid', `${req.method ?? ''} is not answered here, only ${method}.`, {
    status: 405,
  });
}

/** Undefined where all flags are asked for. */
function flagOf(path: string): string | undefined {
  if (path === flagsPath) return undefined;
  const text = path.slice(flagsPath.length + 1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Sent =
  | OfrepAnswer
  | Omit<OfrepFailure, 'key'>
  | { readonly flags: readonly OfrepAnswer[]; readonly metadata: object };

function send(req: IncomingMessage, res: ServerResponse, sent: Sent): void {
  const body = Buffer.from(JSON.stringify(sent));
  const status = 'flags' in sent ? 200 : statusOfAnswer({ key: '', ...sent });
  res.setHeader('Cache-Control', 'private, no-store');
  if (status === 200) {
    // The answer itself is hashed, because it depends on the context; a 304 says that it would be the same.
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    res.setHeader('ETag', etag);
    if (isFresh(req.headers['if-none-match'], etag)) {
      res.writeHead(304).end();
      return;
    }
  }
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  res.end(body);
}

function pathOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
}
