import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@assay/server/config';
import type { Access } from '@assay/server/contract/route';
import { routes } from '@assay/server/contract/routes';
import { createServer, type Running } from '@assay/server/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminToken, call } from '../../support/server.ts';

const roles = ['viewer', 'analyst', 'editor', 'admin'] as const;
const callers = ['anonymous', 'client key', 'server key', 'foreign token', ...roles] as const;
type Caller = (typeof callers)[number];

/** What access control alone must answer. */
function expected(access: Access, caller: Caller): string {
  if (access === 'public') return 'let through';
  const rank = roles.indexOf(caller as (typeof roles)[number]);
  if (rank < 0) return '401';
  return rank < roles.indexOf(access) ? '403' : 'let through';
}
function outcome(status: number): string {
  return status === 401 || status === 403 || status >= 500 ? String(status) : 'let through';
}

describe('every route, called by everybody', () => {
  let folder: string;
  let server: Running;
  const authorization = new Map<Caller, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-matrix-'));
    const variables = { PORT: '0', ASSAY_DATA: folder, ASSAY_ADMIN_TOKEN: adminToken };
    server = await createServer(readConfig({ ...variables, ASSAY_LOG_LEVEL: 'silent' }));
    for (const role of roles) {
      const made = await call(server.url, 'POST /api/tokens', { body: { name: role, role } });
      authorization.set(role, (made.body as { token: string }).token);
    }
    for (const kind of ['client', 'server'] as const) {
      const body = { environment: 'production', kind, name: '' };
      const made = await call(server.url, 'POST /api/sdk-keys', { body });
      authorization.set(`${kind} key`, (made.body as { key: string }).key);
    }
    authorization.set('foreign token', `ak_${'x'.repeat(51)}`);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  // A body that no route accepts: whoever gets past access control is told 400 (or 404), and nothing is changed.
  const body = { nothing: 'that any route expects' };

  it.each(Object.entries(routes))('%s', async (route, { access }) => {
    const [method = '', path = ''] = route.replaceAll(/:\w+/g, 'none').split(' ');
    const sends = method === 'POST' || method === 'PUT';
    const got: string[] = [];
    for (const caller of callers) {
      const key = authorization.get(caller);
      const response = await fetch(server.url + path, {
        method,
        headers: {
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
          ...(sends && { 'content-type': 'application/json' }),
        },
        ...(sends && { body: JSON.stringify(body) }),
      });
      await response.body?.cancel();
      got.push(`${caller}: ${outcome(response.status)}`);
    }
    expect(got).toEqual(callers.map((caller) => `${caller}: ${expected(access, caller)}`));
  });
});
