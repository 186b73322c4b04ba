import { isForged } from '@assay/server/http/csrf';
import { describe, expect, it } from 'vitest';
import { stubApp } from './stub-app.ts';

const origin = 'http://assay.test:4600';

describe('forgery', () => {
  it.each([
    ['GET', { 'sec-fetch-site': 'cross-site' }, true, false],
    ['POST', { 'sec-fetch-site': 'same-origin' }, true, false],
    ['POST', { 'sec-fetch-site': 'none' }, true, false],
    ['POST', { 'sec-fetch-site': 'same-site' }, true, true],
    ['PUT', { 'sec-fetch-site': 'cross-site', origin }, true, true],
    ['DELETE', { origin }, true, false],
    ['DELETE', { origin: 'http://evil.test' }, true, true],
    ['DELETE', { origin: 'null' }, true, true],
    ['DELETE', { origin: 'https://assay.test:4600' }, true, true],
    ['POST', {}, true, true],
    ['POST', {}, false, false],
    ['POST', { origin: 'http://evil.test' }, false, true],
  ])('%s with %o, session %s: refused is %s', (method, headers, bySession, forged) => {
    expect(isForged({ method, headers, bySession, origin })).toBe(forged);
  });

  it('is refused with a problem before the handler runs', async () => {
    let ran = false;
    const { url } = await stubApp({
      'DELETE /api/tokens/:id': async () => {
        ran = true;
        return {};
      },
    });
    const headers = { 'x-role': 'admin', 'x-session': '1', origin: 'http://evil.test' };
    const response = await fetch(`${url}/api/tokens/x`, { method: 'DELETE', headers });
    expect(response.status).toBe(403);
    expect(ran).toBe(false);
  });
});
