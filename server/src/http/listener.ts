import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  readonly port: number;
  /** From now on requests go here; until then they are told to come back. */
  serve(listener: RequestListener): void;
  /** Takes no more connections; resolves when those in flight are answered, or cut after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

const slowClients = { requestTimeout: 15_000, headersTimeout: 10_000 };

/** Listens first, so that the address is known to whatever is composed next. */
export async function listen(host: string, port: number): Promise<Listener> {
  let serve: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const server = createServer(
    { ...slowClients, connectionsCheckingInterval: 2_000, keepAliveTimeout: 10_000 },
    (req, res) => {
      serve(req, res);
    },
  );
  await listening(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    serve(listener) {
      serve = listener;
    },
    stop: (graceMs) => stop(server, graceMs),
  };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4_096 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
