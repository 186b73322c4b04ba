import { describe, expect, it } from 'vitest';
import { stubApp } from './stub-app.ts';

const csp =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'self'";

describe('headers', () => {
  it.each(['/api/setup', '/api/docs', '/experiments', '/api/nothing'])('guard %s', async (path) => {
    const { url } = await stubApp();
    const { headers } = await fetch(url + path, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toBe(csp);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.has('x-powered-by')).toBe(false);
    expect(headers.has('access-control-allow-origin')).toBe(false);
    expect(headers.has('strict-transport-security')).toBe(false);
  });

  it('ask browsers to stay on https where people come by https', async () => {
    const { url } = await stubApp({}, { origin: 'https://assay.test' });
    const { headers } = await fetch(`${url}/api/setup`);
    expect(headers.get('strict-transport-security')).toBe('max-age=15552000; includeSubDomains');
  });

  it('keep answers of the API out of caches, and give them no ETag', async () => {
    const { url } = await stubApp({ 'GET /api/setup': async () => ({ needed: false }) });
    const { headers } = await fetch(`${url}/api/setup`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('etag')).toBe(false);
  });
});
