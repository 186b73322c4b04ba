import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  readonly port: number;
  /** From now on requests go here; until then they are told to come back. */
  serve(listener: RequestListener): void;
  /** Takes no more connections; resolves when those in flight are answered, or cut after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** ms that a client may take to send headers, and a whole body. */
const patience = { headers: 10_000, body: 15_000 };
/** Its body is a file, as long as it is. Between two parts of it may pass a minute. */
const upload = '/api/import';
const uploadPause = 60_000;

/** Listens first, so that the address is known to whatever is composed next. */
export async function listen(
  host: string,
  port: number,
  { headers, body } = patience,
): Promise<Listener> {
  let serve: RequestListener = (_req, res) => {
    res.writeHead(503, { 'Retry-After': '1' }).end();
  };
  const server = createServer(
    {
      headersTimeout: headers,
      // Node's own limit on whole requests knows no exception; see hurry.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(2_000, headers),
      keepAliveTimeout: 10_000,
    },
    (req, res) => {
      hurry(req, body);
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

/** Cuts a client that drips its body. Requests without one cost nothing. */
function hurry(req: IncomingMessage, bodyMs: number): void {
  const { url = '', headers } = req;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  if (url === upload || url.startsWith(`${upload}?`)) {
    req.setTimeout(uploadPause, () => req.destroy());
    return;
  }
  const cut = setTimeout(() => {
    if (!req.complete) req.destroy();
  }, bodyMs);
  req.once('close', () => {
    clearTimeout(cut);
  });
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
