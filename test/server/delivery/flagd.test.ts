import { call, startServer } from '../../support/server.ts';
import { describe, expect, it } from 'vitest';
import { checkout } from '../../support/definitions.ts';

describe('GET /flagd/v1/flags.json', () => {
  it('gives a server key its environment as flagd definitions, and 304 until they change', async () => {
    const { url } = await startServer();
    const path = 'GET /flagd/v1/flags.json';
    await call(url, 'POST /api/environments', { body: { key: 'production', name: 'Production' } });
    const keyOf = async (kind: string) => {
      const body = { environment: 'production', kind, name: kind };
      const made = await call(url, 'POST /api/sdk-keys', { body });
      return { authorization: `Bearer ${(made.body as { key: string }).key}` };
    };
    const headers = await keyOf('server');
    await call(url, 'POST /api/flags', { body: checkout });
    const first = await call(url, path, { headers });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({
      $schema: 'https://flagd.dev/schema/v0/flags.json',
      flags: {
        checkout: {
          state: 'ENABLED',
          variants: { classic: 'classic', 'one-page': 'one_page' },
          defaultVariant: 'classic',
        },
      },
      metadata: { flagSetId: 'production' },
    });
    const etag = first.headers.get('etag') ?? '';
    const again = await call(url, path, { headers: { ...headers, 'if-none-match': `W/${etag}` } });
    expect([again.status, again.body]).toEqual([304, null]);
    await call(url, 'POST /api/flags', { body: { ...checkout, key: 'second' } });
    const changed = await call(url, path, { headers: { ...headers, 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect((await call(url, path, { headers: await keyOf('client') })).status).toBe(403);
    expect((await call(url, path, { headers: {} })).status).toBe(401);
    expect((await call(url, 'POST /flagd/v1/flags.json', { headers })).status).toBe(405);
  });
});
