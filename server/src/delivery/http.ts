import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../errors.ts';
import type { Catalogue } from '../definitions/catalogue.ts';
import type { Clock } from '../http/handler.ts';
import { sendProblem } from '../http/problem.ts';
import { requestIdOf } from '../http/request-id.ts';
import { openToAll, preflight } from './cors.ts';
import { sendFlagd } from './flagd.ts';
import { keyOf, type Authenticate, type KeyIdentity } from './key.ts';
import { bestEncoding, isFresh } from './negotiate.ts';
import { createOfrep } from './ofrep.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { createStreams } from './stream.ts';

export interface DeliveryDeps {
  readonly catalogue: Catalogue;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly chance: () => number;
  /** The path of the server's public address: `/ab`; empty unless told. */
  readonly prefix?: string;
  /** Whether there is too much to do just now; never unless told. */
  readonly isBusy?: () => boolean;
  /** A failure that no caller can act on. */
  readonly bug: (error: unknown, requestId: string) => void;
}
export interface Delivery {
  /** Answers what is its own (true); plain node:http, so that it can stand before Express. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  readonly publisher: Publisher;
  /** Open streams, for the figures. */
  streams(): number;
  /** Ends the streams; clients come back after their retry time. */
  close(): void;
}

/** What SDKs read: the ruleset of their environment, and the news that it has changed. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const { authenticate } = deps;
  const publisher = createPublisher(deps.catalogue);
  const isValid = (key: KeyIdentity & { text: string }) =>
    authenticate(key.text)?.environment === key.environment;
  const streams = createStreams({ ...deps, publisher, isValid });
  const ofrep = createOfrep({ prefix: '', isBusy: () => false, ...deps, publisher });
  const answers: Readonly<Record<string, (req: IncomingMessage, res: ServerResponse) => void>> = {
    '/sdk/v1/ruleset': (req, res) => {
      sendRuleset(req, res, publisher, keyOf(req, authenticate));
    },
    '/sdk/v1/stream': (req, res) => {
      const key = keyOf(req, authenticate);
      refuseUnknown(publisher, key);
      streams.open(res, key);
    },
    '/flagd/v1/flags.json': (req, res) => {
      const key = keyOf(req, authenticate);
      sendFlagd(req, res, refuseUnknown(publisher, key), key);
    },
  };
  return {
    handle(req, res) {
      const answer = answers[pathOf(req)];
      if (answer === undefined) return ofrep.handle(req, res);
      openToAll(res);
      try {
        if (req.method === 'OPTIONS') preflight(res, 'GET, OPTIONS');
        else if (req.method === 'GET') answer(req, res);
        else refuseMethod(req, res);
      } catch (error) {
        const requestId = requestIdOf(res);
        if (sendProblem(res, error, requestId).status === 500) deps.bug(error, requestId);
      }
      return true;
    },
    publisher,
    streams: () => streams.count() + ofrep.streams(),
    close() {
      streams.close();
      ofrep.close();
      publisher.close();
    },
  };
}

function sendRuleset(
  req: IncomingMessage,
  res: ServerResponse,
  publisher: Publisher,
  key: KeyIdentity,
): void {
  const published = refuseUnknown(publisher, key);
  res.setHeader('ETag', published.etag);
  res.setHeader('Vary', 'Accept-Encoding, Authorization');
  // A server key's ruleset holds rules and lists of units: no cache may keep it.
  res.setHeader(
    'Cache-Control',
    key.kind === 'client' ? 'public, max-age=0, must-revalidate' : 'private, no-store',
  );
  if (isFresh(req.headers['if-none-match'], published.etag)) {
    res.writeHead(304).end();
    return;
  }
  const encoding = bestEncoding(req.headers['accept-encoding']);
  const body = published.body(encoding);
  if (encoding !== 'identity') res.setHeader('Content-Encoding', encoding);
  res.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  res.end(body);
}

function refuseUnknown(publisher: Publisher, { environment, kind }: KeyIdentity) {
  const published = publisher.current(environment, kind);
  if (published !== undefined) return published;
  throw new AppError('not_found', `The environment "${environment}" is not there any more.`);
}

function refuseMethod(req: IncomingMessage, res: ServerResponse): never {
  res.setHeader('Allow', 'GET, OPTIONS');
  throw new AppError('invalid', `${req.method ?? ''} is not answered here, only GET.`, {
    status: 405,
  });
}

function pathOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
}
