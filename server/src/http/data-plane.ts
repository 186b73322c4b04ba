import type { IncomingMessage, ServerResponse } from 'node:http';

/** Takes a request and answers it, or returns false at once and leaves it alone. */
export type DataHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

const open = ['/sdk/v1/', '/ofrep/v1/'];
const preflight = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, content-encoding, if-none-match',
  'Access-Control-Max-Age': '86400',
};

/**
 * What apps call, before and without Express, which would double the cost. Any site may call it: keys are in headers
 * or the query, never in cookies, so no credentials are allowed across origins.
 */
export function createDataPlane(handlers: readonly DataHandler[]): DataHandler {
  return (req, res) => {
    const url = req.url ?? '/';
    if (open.some((prefix) => url.startsWith(prefix))) {
      if (req.method === 'OPTIONS') {
        res.writeHead(204, preflight).end();
        return true;
      }
      res.setHeader('Access-Control-Allow-Origin', '*');
      res.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After, Date');
      res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      res.setHeader('X-Content-Type-Options', 'nosniff');
    }
    return handlers.some((handle) => handle(req, res));
  };
}
