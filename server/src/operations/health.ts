import type { ServerResponse } from 'node:http';
import type { DataHandler } from '../http/data-plane.ts';

export interface Health {
  /** GET /healthz: the process answers. GET /readyz: it can also store, and is not stopping. */
  readonly handler: DataHandler;
  /** From here on not ready: load balancers look elsewhere. */
  drain(): void;
}

/** `probe` rejects when the stores cannot be used. */
export function createHealth(probe: () => Promise<void>): Health {
  let draining = false;
  const ready = async (res: ServerResponse): Promise<void> => {
    const fault = draining ? 'stopping' : await probe().then(() => undefined, reason);
    reply(res, fault);
  };
  return {
    drain() {
      draining = true;
    },
    handler: (req, res) => {
      if (req.method !== 'GET') return false;
      if (req.url === '/healthz') reply(res, undefined);
      else if (req.url === '/readyz') void ready(res);
      else return false;
      return true;
    },
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : 'the stores cannot be used';
}

function reply(res: ServerResponse, fault: string | undefined): void {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  if (fault === undefined) res.writeHead(200, headers).end('{"status":"ok"}');
  else
    res
      .writeHead(503, { ...headers, 'Retry-After': '2' })
      .end(JSON.stringify({ status: 'unavailable', detail: fault }));
}
