import type { IncomingHttpHeaders } from 'node:http';

export interface Provenance {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The caller was recognised by the session cookie, which browsers add by themselves. */
  readonly bySession: boolean;
  /** Scheme, host and port that people use, as configured: never what the request claims. */
  readonly origin: string;
}

/**
 * Could another site have made the browser send this? Unsafe methods with a session must show that they come from
 * our own pages; without one they are refused only when a browser says that they do not (sign-in from elsewhere).
 */
export function isForged({ method, headers, bySession, origin }: Provenance): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  if (headers.origin !== undefined) return headers.origin !== origin;
  return bySession;
}
