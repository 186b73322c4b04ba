import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type AppDeps } from '@assay/server/app';
import type { Role } from '@assay/server/contract/common';
import { routes, type RouteKey } from '@assay/server/contract/routes';
import type { Handlers } from '@assay/server/http/handler';
import { onTestFinished } from 'vitest';

export interface Logged {
  readonly bugs: unknown[];
  readonly answers: { readonly route: string; readonly status: number }[];
}

/** Every route answered by `{}`, except those given. */
export function stubHandlers(given: Partial<Handlers>): Handlers {
  const empty = (Object.keys(routes) as RouteKey[]).map((key) => [key, async () => ({})]);
  return { ...(Object.fromEntries(empty) as Handlers), ...given };
}

/**
 * The real Express app over stub rooms. Who calls is said by headers: `x-role` makes a token of that role, with
 * `x-session` a person with a session.
 */
export async function stubApp(
  given: Partial<Handlers> = {},
  over: Partial<AppDeps> = {},
): Promise<{ url: string; logged: Logged }> {
  const logged: Logged = { bugs: [], answers: [] };
  const app = createApp({
    handlers: stubHandlers(given),
    identify: ({ headers }) => {
      const role = (headers['x-role'] as Role | undefined) ?? null;
      const bySession = headers['x-session'] !== undefined;
      const kind = role === null ? 'anonymous' : bySession ? 'user' : 'token';
      return Promise.resolve({ actor: { kind, id: 'a', name: 'ada', role }, bySession });
    },
    origin: 'http://assay.test:4600',
    log: {
      bug: (error) => logged.bugs.push(error),
      done: (entry) => logged.answers.push(entry),
    },
    version: '1.2.3',
    proxyHops: 0,
    console: '/nowhere',
    ...over,
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, logged };
}
