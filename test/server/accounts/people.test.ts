import { describe, expect, it } from 'vitest';
import { call, startServer } from '../../support/server.ts';

const password = 'correct horse battery';
const person = (role: string, email = `${role}@example.com`) => ({
  email,
  name: role,
  role,
  password,
});
const idOf = (answer: { body: unknown }) => (answer.body as { id: string }).id;

async function signIn(url: string, email: string, secret = password): Promise<string> {
  const body = { email, password: secret };
  const { headers, status } = await call(url, 'POST /api/session', { body, headers: {} });
  expect(status).toBe(200);
  return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
const own = (cookie: string) => ({ cookie, 'sec-fetch-site': 'same-origin' });

describe('people', () => {
  it('are added, listed, changed and deactivated by an admin', async () => {
    const { url } = await startServer();
    const made = await call(url, 'POST /api/users', { body: person('admin') });
    expect(made).toMatchObject({
      status: 201,
      body: { email: 'admin@example.com', role: 'admin', active: true, lastSeenAt: null },
    });
    expect(JSON.stringify(made.body)).not.toContain('argon2');
    const taken = await call(url, 'POST /api/users', {
      body: person('viewer', 'ADMIN@example.com'),
    });
    expect(taken).toMatchObject({ status: 409, body: { errors: [{ path: 'email' }] } });
    const viewer = await call(url, 'POST /api/users', { body: person('viewer') });
    const changed = await call(url, `PUT /api/users/${idOf(viewer)}`, {
      body: { role: 'analyst' },
    });
    expect(changed.body).toMatchObject({ role: 'analyst' });
    const listed = await call(url, 'GET /api/users?q=VIEWER&limit=1');
    expect(listed.body).toMatchObject({ items: [{ email: 'viewer@example.com' }], next: null });
    const first = await call(url, 'GET /api/users?limit=1');
    const { next } = first.body as { next: string };
    const rest = await call(url, `GET /api/users?limit=1&cursor=${next}`);
    expect([first.body, rest.body]).toMatchObject([
      { items: [{ role: 'admin' }] },
      { items: [{ role: 'analyst' }], next: null },
    ]);
    expect((await call(url, `DELETE /api/users/${idOf(viewer)}`)).status).toBe(204);
    const gone = await call(url, 'POST /api/session', {
      body: { email: 'viewer@example.com', password },
      headers: {},
    });
    expect(gone.status).toBe(401);
    expect((await call(url, 'PUT /api/users/nobody', { body: {} })).status).toBe(404);
  });

  it('keep at least one active admin, also when two are demoted at once', async () => {
    const { url } = await startServer();
    const a = await call(url, 'POST /api/users', { body: person('admin') });
    const alone = await call(url, `PUT /api/users/${idOf(a)}`, { body: { role: 'editor' } });
    expect(alone).toMatchObject({ status: 409, body: { code: 'locked' } });
    expect((await call(url, `DELETE /api/users/${idOf(a)}`)).status).toBe(409);
    const b = await call(url, 'POST /api/users', { body: person('admin', 'b@example.com') });
    const both = await Promise.all(
      [a, b].map((u) => call(url, `PUT /api/users/${idOf(u)}`, { body: { active: false } })),
    );
    expect(both.map((r) => r.status).toSorted((x, y) => x - y)).toEqual([200, 409]);
  });

  it('lose their sessions when their role or password changes', async () => {
    const { url } = await startServer();
    await call(url, 'POST /api/users', { body: person('admin') });
    const editor = await call(url, 'POST /api/users', { body: person('editor') });
    const before = await signIn(url, 'editor@example.com');
    await call(url, `PUT /api/users/${idOf(editor)}`, { body: { role: 'viewer' } });
    expect((await call(url, 'GET /api/me', { headers: { cookie: before } })).status).toBe(401);

    const next = 'a better horse battery';
    const mine = await signIn(url, 'editor@example.com');
    const other = await signIn(url, 'editor@example.com');
    const wrong = await call(url, 'POST /api/me/password', {
      body: { current: 'not my password', next },
      headers: own(mine),
    });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'current' }] } });
    const done = await call(url, 'POST /api/me/password', {
      body: { current: password, next },
      headers: own(mine),
    });
    expect(done.status).toBe(204);
    for (const cookie of [mine, other])
      expect((await call(url, 'GET /api/me', { headers: { cookie } })).status).toBe(401);
    const renewed = (done.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect((await call(url, 'GET /api/me', { headers: { cookie: renewed } })).status).toBe(200);
    await signIn(url, 'editor@example.com', next);
  });
});

describe('API tokens', () => {
  it('work with their role until revoked or expired, and are shown once', async () => {
    let now = Date.parse('2027-01-01T00:00:00Z');
    const { url } = await startServer({}, { clock: () => now });
    const made = await call(url, 'POST /api/tokens', {
      body: { name: 'ci', role: 'viewer', expiresAt: '2027-01-02T00:00:00Z' },
    });
    const { token, prefix } = made.body as { token: string; prefix: string };
    expect(token.startsWith(prefix)).toBe(true);
    const headers = { authorization: `Bearer ${token}` };
    const me = await call(url, 'GET /api/me', { headers });
    expect(me.body).toEqual({
      kind: 'token',
      id: idOf(made),
      name: 'ci',
      email: null,
      role: 'viewer',
    });
    expect((await call(url, 'GET /api/tokens', { headers })).status).toBe(403);
    expect(JSON.stringify((await call(url, 'GET /api/tokens')).body)).not.toContain(token);
    now += 86_400_000;
    expect((await call(url, 'GET /api/me', { headers })).status).toBe(401);
    now -= 86_400_000;
    expect((await call(url, 'GET /api/me', { headers })).status).toBe(200);
    expect((await call(url, `DELETE /api/tokens/${idOf(made)}`)).status).toBe(204);
    expect((await call(url, 'GET /api/me', { headers })).status).toBe(401);
    expect((await call(url, `DELETE /api/tokens/${idOf(made)}`)).status).toBe(404);
  });

  it('cannot be made to have expired already', async () => {
    const { url } = await startServer({}, { clock: () => Date.parse('2027-01-01T00:00:00Z') });
    const body = { name: 'ci', role: 'viewer', expiresAt: '2026-01-01T00:00:00Z' };
    expect(await call(url, 'POST /api/tokens', { body })).toMatchObject({
      status: 400,
      body: {
        errors: [
          {
            path: 'expiresAt',
            message:
              'is 2026-01-01T00:00:00.000Z, must be later than now, 2027-01-01T00:00:00.000Z',
          },
        ],
      },
    });
  });
});

describe('SDK keys', () => {
  it('open the data plane of their environment until they are revoked', async () => {
    const server = await startServer();
    const { url } = server;
    const made = await call(url, 'POST /api/sdk-keys', {
      body: { environment: 'staging', kind: 'server', name: 'shop' },
    });
    expect(made.status).toBe(201);
    const { key, id } = made.body as { key: string; id: string };
    expect(key).toMatch(/^sk_[\w-]{51}$/);
    const headers = { authorization: `Bearer ${key}` };
    const ruleset = await call(url, 'GET /sdk/v1/ruleset', { headers });
    expect(ruleset).toMatchObject({ status: 200, body: { environment: 'staging' } });
    expect((await call(url, 'GET /api/me', { headers })).status).toBe(401);
    const listed = await call(url, 'GET /api/sdk-keys');
    expect(listed.body).toMatchObject({
      items: [{ prefix: key.slice(0, 11), createdBy: 'ASSAY_ADMIN_TOKEN' }],
    });
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const used = (listed.body as { items: [{ lastUsedAt: string | null }] }).items[0].lastUsedAt;
    expect(used).not.toBeNull();
    await server.close();

    const again = await startServer({ ASSAY_DATA: server.data });
    const kept = await call(again.url, 'GET /api/sdk-keys');
    expect(kept.body).toMatchObject({ items: [{ lastUsedAt: used }] });
    expect((await call(again.url, 'GET /sdk/v1/ruleset', { headers })).status).toBe(200);
    expect((await call(again.url, `DELETE /api/sdk-keys/${id}`)).status).toBe(204);
    expect((await call(again.url, 'GET /sdk/v1/ruleset', { headers })).status).toBe(401);
  });

  it('are made for environments that exist', async () => {
    const { url } = await startServer();
    const body = { environment: 'moon', kind: 'client', name: '' };
    expect(await call(url, 'POST /api/sdk-keys', { body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'environment', message: 'is "moon", which is no environment' }] },
    });
  });
});
