import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asAdmin, call, startServer, type TestServer } from '../../support/server.ts';

const password = 'correct horse battery';
const email = 'ada@example.com';

async function withAdmin(
  variables: Record<string, string> = {},
  surroundings: Parameters<typeof startServer>[1] = {},
): Promise<TestServer> {
  return startServer(
    { ASSAY_ADMIN_EMAIL: email, ASSAY_ADMIN_PASSWORD: password, ...variables },
    surroundings,
  );
}
const signIn = (url: string, over: object = {}, headers: Record<string, string> = {}) =>
  call(url, 'POST /api/session', { body: { email, password, ...over }, headers });
const cookieOf = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const own = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });

describe('the first admin', () => {
  it('is made by the link, once', async () => {
    const { url, setupLink } = await startServer();
    const link = new URL(setupLink ?? '');
    expect(link.origin + link.pathname).toBe(`${url}/setup`);
    const token = link.searchParams.get('token') ?? '';
    expect(token).toHaveLength(43);
    const body = { token, email: 'Ada@Example.com', name: 'Ada', password };
    const none = { headers: {} };
    expect((await call(url, 'GET /api/setup', none)).body).toEqual({ needed: true });
    const wrong = await call(url, 'POST /api/setup', {
      body: { ...body, token: 'wrong' },
      ...none,
    });
    expect(wrong).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const made = await call(url, 'POST /api/setup', { body, ...none });
    expect(made).toMatchObject({ status: 200, body: { kind: 'user', email, role: 'admin' } });
    const me = await call(url, 'GET /api/me', { headers: { cookie: cookieOf(made.headers) } });
    expect(me).toMatchObject({ status: 200, body: { name: 'Ada' } });
    const again = await call(url, 'POST /api/setup', {
      body: { ...body, email: 'eve@example.com' },
      ...none,
    });
    expect(again.status).toBe(403);
    expect((await call(url, 'GET /api/setup', none)).body).toEqual({ needed: false });
  });

  it('can be made by one of several who hurry with the same link', async () => {
    const { url, setupLink } = await startServer();
    const token = new URL(setupLink ?? '').searchParams.get('token');
    const tries = await Promise.all(
      [1, 2, 3].map((i) =>
        call(url, 'POST /api/setup', {
          body: { token, email: `a${i}@example.com`, name: '', password },
          headers: {},
        }),
      ),
    );
    expect(tries.map((t) => t.status).toSorted((x, y) => x - y)).toEqual([200, 409, 409]);
  });

  it('comes from the environment, once, and then there is no link', async () => {
    const first = await withAdmin();
    expect(first.setupLink).toBeUndefined();
    expect((await signIn(first.url)).status).toBe(200);
    await first.close();
    const second = await withAdmin({
      ASSAY_DATA: first.data,
      ASSAY_ADMIN_PASSWORD: 'another password',
    });
    expect((await signIn(second.url)).status).toBe(200);
  });
});

describe('signing in', () => {
  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const { url } = await withAdmin();
    const { headers } = await signIn(url);
    expect(headers.get('set-cookie')).toMatch(
      /^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/,
    );
  });

  it('on https binds the cookie to host and transport', async () => {
    const { url, port } = await withAdmin({ ASSAY_URL: 'https://assay.test' });
    expect(url).toBe('https://assay.test');
    const { headers } = await signIn(`http://127.0.0.1:${port}`);
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/,
    );
  });

  it('begins a new session each time and ends the one before', async () => {
    const { url } = await withAdmin();
    const first = cookieOf((await signIn(url)).headers);
    const second = cookieOf((await signIn(url, {}, own(first))).headers);
    expect(second).not.toBe(first);
    expect((await call(url, 'GET /api/me', { headers: { cookie: first } })).status).toBe(401);
    expect((await call(url, 'GET /api/me', { headers: { cookie: second } })).status).toBe(200);
  });

  it('says the same to unknown people and to wrong passwords', async () => {
    const { url } = await withAdmin();
    const wrong = await signIn(url, { password: 'wrong horse battery' });
    const unknown = await signIn(url, { email: 'nobody@example.com' });
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    const text = (answer: typeof wrong) => (answer.body as { detail: string }).detail;
    expect(text(unknown)).toBe(text(wrong));
  });

  it('takes as long for unknown people', async () => {
    const { url } = await withAdmin();
    const time = async (over: object) => {
      const start = performance.now();
      await signIn(url, over);
      return performance.now() - start;
    };
    await time({});
    const known = await time({ password: 'wrong horse battery' });
    const unknown = await time({ email: 'nobody@example.com' });
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('slows down after five failures to one account, and lets the right password in after the wait', async () => {
    let now = 1_800_000_000_000;
    const { url } = await withAdmin({}, { clock: () => now });
    for (let i = 0; i < 5; i++)
      expect((await signIn(url, { password: 'wrong horse battery' })).status).toBe(401);
    const blocked = await signIn(url);
    expect(blocked).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
    expect(blocked.headers.get('retry-after')).toBe('30');
    now += 30_000;
    expect((await signIn(url)).status).toBe(200);
  });

  it('refuses an address after ten failures a minute, over whatever accounts', async () => {
    const { url } = await withAdmin();
    const tries = [];
    for (let i = 0; i < 12; i++) tries.push(await signIn(url, { email: `x${i}@example.com` }));
    expect(tries.map((t) => t.status)).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect(Number(tries[11]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('ends with signing out, with 12 h of rest and with 7 days', async () => {
    let now = 1_800_000_000_000;
    const { url } = await withAdmin({}, { clock: () => now });
    const status = async (cookie: string) =>
      (await call(url, 'GET /api/me', { headers: { cookie } })).status;
    const out = cookieOf((await signIn(url)).headers);
    const left = await call(url, 'DELETE /api/session', { headers: own(out) });
    expect(left.status).toBe(204);
    expect(left.headers.get('set-cookie')).toBe('sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
    expect(await status(out)).toBe(401);

    const idle = cookieOf((await signIn(url)).headers);
    now += 12 * 3_600_000;
    expect(await status(idle)).toBe(401);

    const busy = cookieOf((await signIn(url)).headers);
    for (let hours = 0; hours < 7 * 24; hours += 8) {
      expect(await status(busy)).toBe(200);
      now += 8 * 3_600_000;
    }
    expect(await status(busy)).toBe(401);
  });

  it('cannot be abused from another site', async () => {
    const { url } = await withAdmin();
    const cookie = cookieOf((await signIn(url)).headers);
    const body = { name: 't', role: 'admin' };
    for (const headers of [
      { cookie },
      { cookie, 'sec-fetch-site': 'cross-site' },
      { cookie, origin: 'http://evil.test' },
    ])
      expect((await call(url, 'POST /api/tokens', { body, headers })).status).toBe(403);
    expect((await call(url, 'POST /api/tokens', { body, headers: own(cookie) })).status).toBe(201);
    const ours = { cookie, origin: url };
    expect((await call(url, 'POST /api/tokens', { body, headers: ours })).status).toBe(201);
    const forgedIn = await signIn(url, {}, { origin: 'http://evil.test' });
    expect(forgedIn.status).toBe(403);
  });

  it('leaves no secret in logs or in the data folder', async () => {
    const server = await withAdmin();
    const { url } = server;
    const cookie = cookieOf((await signIn(url)).headers);
    await signIn(url, { password: 'wrong horse battery' });
    const token = await call(url, 'POST /api/tokens', { body: { name: 't', role: 'viewer' } });
    const key = await call(url, 'POST /api/sdk-keys', {
      body: { environment: 'production', kind: 'server', name: '' },
    });
    const texts = [
      password,
      'wrong horse battery',
      cookie.slice(4),
      (token.body as { token: string }).token,
      (key.body as { key: string }).key,
      asAdmin.authorization.slice(7),
    ];
    await fetch(`${url}/sdk/v1/ruleset?key=${texts[4]}`);
    await server.close();
    const logs = server.logs.join('');
    const stored = readdirSync(server.data, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.db'))
      .map((name) => readFileSync(join(server.data, name), 'latin1'))
      .join('');
    expect(stored).toContain(email);
    expect(logs).toContain('POST /api/session');
    for (const text of texts) {
      expect(text.length).toBeGreaterThan(10);
      expect(logs).not.toContain(text);
      expect(logs).not.toContain(text.slice(-20));
      expect(stored).not.toContain(text.slice(-20));
    }
  });
});
