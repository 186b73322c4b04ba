import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import type { Ruleset } from '@assay/sdk';
import type { SentEvent } from './rim.ts';

/** A small server that speaks the data plane: what an SDK meets, without what a server has to be. */
export async function startServer(first?: Ruleset) {
  let ruleset = first;
  const streams = new Set<ServerResponse>();
  const seen: {
    method: string;
    path: string;
    headers: IncomingMessage['headers'];
    status: number;
  }[] = [];
  const events: SentEvent[] = [];
  const options = { streams: true, down: false, silent: false };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://x');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (options.silent) return;
    const end = (status: number, body = '', headers: Record<string, string> = {}): void => {
      seen.push({ method: request.method ?? '', path: pathname, headers: request.headers, status });
      response.writeHead(status, { 'access-control-allow-origin': '*', ...headers }).end(body);
    };
    if (options.down) return end(503);
    if (pathname.endsWith('/sdk/v1/ruleset')) {
      if (ruleset === undefined) return end(503);
      const etag = `"v${ruleset.version}"`;
      const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
      if (request.headers['if-none-match'] === etag) return end(304, '', headers);
      return end(200, JSON.stringify(ruleset), { ...headers, 'content-type': 'application/json' });
    }
    if (pathname.endsWith('/sdk/v1/stream')) {
      if (!options.streams) return end(404);
      seen.push({ method: 'GET', path: pathname, headers: request.headers, status: 200 });
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'access-control-allow-origin': '*',
      });
      response.write(`retry: 3000\n\n: hello\n\ndata: {"version": ${ruleset?.version ?? 0}}\n\n`);
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return;
    }
    if (pathname.endsWith('/sdk/v1/events') && request.method === 'POST') {
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      const batch = JSON.parse(body.toString()) as { events: SentEvent[] };
      events.push(...batch.events);
      return end(
        202,
        JSON.stringify({ accepted: batch.events.length, duplicates: 0, rejected: [] }),
      );
    }
    end(404);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    events,
    options,
    streams,
    publish: (next: Ruleset): void => {
      ruleset = next;
      for (const stream of streams) stream.write(`data: {"version": ${next.version}}\n\n`);
    },
    /** Cuts all streams, as a restart does. */
    cut: (): void => {
      for (const stream of streams) stream.destroy();
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Waits until `done`, at most 5 s. */
export async function until(done: () => boolean, what = 'it'): Promise<true> {
  const end = performance.now() + 5_000;
  while (!done()) {
    if (performance.now() > end) throw new Error(`${what} did not happen within 5 s`);
    await new Promise((resolve) => void setTimeout(resolve, 2));
  }
  return true;
}
