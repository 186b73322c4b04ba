import * as http from 'node:http';
import * as https from 'node:https';
import { gzip } from 'node:zlib';
import { connect, type Client } from './client.ts';
import { explain } from './explain.ts';
import type { Options } from './options.ts';
import type { Reply, Request, Rim, StreamListener, Transport } from './rim.ts';

export type { Client, Listener } from './client.ts';
export type { TrackOptions, Units } from './core.ts';
export type { Decision, ErrorCode, Exposure, Reason } from './decision.ts';
export type { Options } from './options.ts';
export type { Clock, Reply, Request, Rim, Store, Transport } from './rim.ts';
export type * from './ruleset.ts';
export type { Scope } from './scope.ts';
export type { StickyStore } from './sticky.ts';

const compressFrom = 1_024;
/** The server's heartbeat comes every 20 s; a stream silent for longer than three of them is dead. ms. */
const silence = 65_000;

/**
 * Connects a server; ask `forUser` for the flags of a request. Neither timers nor the stream keep the process alive.
 * `adapt` may put another clock or transport in place, as a simulation does.
 * @example const assay = createClient({ url: 'https://ab.example', key: process.env.ASSAY_KEY })
 */
export function createClient(options: Options, adapt: (rim: Rim) => Rim = (rim) => rim): Client {
  return connect(adapt(nodeRim(options)), { explain, ...options });
}

function nodeRim(options: Options): Rim {
  return {
    transport: nodeTransport(options),
    clock: {
      now: Date.now,
      after(ms, call) {
        const timer = setTimeout(call, ms).unref();
        return () => {
          clearTimeout(timer);
        };
      },
    },
    random: Math.random,
    log: options.logger ?? console.warn,
    limits: { queued: 10_000, batchEvents: 1_000, exposures: 16_384 },
  };
}

function nodeTransport({ url, key }: Options): Transport {
  const authorization = `Bearer ${key}`;
  return {
    send: (request) => send(url + request.path, authorization, request),
    stream: (path, listener) => listen(new URL(url + path), authorization, listener),
  };
}

async function send(url: string, authorization: string, { body, etag }: Request): Promise<Reply> {
  const packed = body !== undefined && body.length >= compressFrom;
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(packed && { 'content-encoding': 'gzip' }),
      ...(etag !== undefined && { 'if-none-match': etag }),
    },
    ...(body !== undefined && { body: packed ? await compress(body) : body }),
    signal: AbortSignal.timeout(10_000),
  });
  return {
    status: response.status,
    body: await response.text(),
    header: (name) => response.headers.get(name),
  };
}

function compress(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    gzip(text, (error, packed) => {
      if (error) reject(error);
      else resolve(new Uint8Array(packed));
    });
  });
}

/** Not by `fetch`: its sockets would keep the process alive. */
function listen(url: URL, authorization: string, listener: StreamListener): () => void {
  let ended = false;
  const end = (): void => {
    if (!ended) listener.closed();
    ended = true;
    request.destroy();
  };
  const headers = { authorization, accept: 'text/event-stream' };
  const { get } = url.protocol === 'https:' ? https : http;
  const request = get(url, { headers, agent: false, timeout: silence }, (response) => {
    if (response.statusCode !== 200) {
      end();
      return;
    }
    readEvents(response.setEncoding('utf8'), (data) => {
      if (!ended) listener.message(data);
    });
    response.on('close', end);
  });
  request.on('socket', (socket) => socket.unref());
  request.on('timeout', end);
  request.on('error', end);
  return () => {
    ended = true;
    request.destroy();
  };
}

/** Splits a stream into events and tells the data of each. */
function readEvents(response: http.IncomingMessage, tell: (data: string) => void): void {
  let rest = '';
  response.on('data', (chunk: string) => {
    const events = (rest + chunk).replaceAll('\r', '').split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:'));
      if (data.length > 0) tell(data.map((line) => line.slice(5).trimStart()).join('\n'));
    }
  });
}
