import type { ServerResponse } from 'node:http';

/** Any page may read with its public key; no cookie is ever looked at, so no credentials are allowed. */
export function openToAll(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Origin', '*');
  res.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After, X-Request-Id');
  res.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  res.setHeader('X-Content-Type-Options', 'nosniff');
}

/** @param methods those answered, as the header lists them */
export function preflight(res: ServerResponse, methods: string): void {
  res.writeHead(204, {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers':
      'Authorization, X-API-Key, Content-Type, If-None-Match, Last-Event-ID, Cache-Control',
    'Access-Control-Max-Age': '86400',
  });
  res.end();
}
