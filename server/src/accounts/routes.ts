import type { RouteKey } from '../contract/routes.ts';
import { AppError } from '../errors.ts';
import type { Handlers } from '../http/handler.ts';
import { pageOf } from '../http/page-of.ts';
import { byCaller } from './deps.ts';
import type { Accounts } from './service.ts';
import { sessionRoutes } from './session-routes.ts';
import { makeToken, revokeToken, tokenOf } from './tokens.ts';
import { addUser, changeUser, userOf } from './users.ts';

export type AccountRoute = Extract<
  RouteKey,
  | `${string} /api/setup`
  | `${string} /api/session`
  | `${string} /api/me`
  | `${string} /api/me/${string}`
  | `${string} /api/users${string}`
  | `${string} /api/tokens${string}`
  | `${string} /api/sdk-keys${string}`
>;

/** People, tokens, keys and sessions over HTTP. `isEnvironment` says whether a key may be made for it. */
export function accountRoutes(
  accounts: Accounts,
  isEnvironment: (key: string) => boolean | Promise<boolean>,
): Handlers<AccountRoute> {
  const { deps, sdkKeys } = accounts;
  const { store } = deps;
  return {
    ...sessionRoutes(accounts),
    'GET /api/users': async ({ query }) =>
      pageOf((await store.users()).map(userOf), query, (u) => `${u.email} ${u.name}`),
    'POST /api/users': async ({ body }, call) => userOf(await addUser(deps, body, byCaller(call))),
    'PUT /api/users/:id': async ({ params, body }, call) =>
      userOf(await changeUser(deps, params.id, body, byCaller(call))),
    'DELETE /api/users/:id': async ({ params }, call) => {
      await changeUser(deps, params.id, { active: false }, byCaller(call));
      return {};
    },
    'GET /api/tokens': async ({ query }) =>
      pageOf((await store.tokens()).map(tokenOf), query, (t) => `${t.name} ${t.role}`),
    'POST /api/tokens': async ({ body }, call) => {
      const expiresAt = body.expiresAt === undefined ? null : Date.parse(body.expiresAt);
      const { text, token } = await makeToken(deps, { ...body, expiresAt }, byCaller(call));
      return { ...tokenOf(token), token: text };
    },
    'DELETE /api/tokens/:id': async ({ params }, call) => {
      await revokeToken(deps, params.id, byCaller(call));
      return {};
    },
    'GET /api/sdk-keys': async ({ query }) =>
      pageOf(await sdkKeys.list(), query, (k) => `${k.name} ${k.environment} ${k.kind}`),
    'POST /api/sdk-keys': async ({ body }, call) => {
      await refuseUnknown(body.environment, isEnvironment);
      const { text, key } = await sdkKeys.make(body, byCaller(call));
      return { ...key, key: text };
    },
    'DELETE /api/sdk-keys/:id': async ({ params }, call) => {
      await sdkKeys.revoke(params.id, byCaller(call));
      return {};
    },
  };
}

async function refuseUnknown(
  environment: string,
  isEnvironment: (key: string) => boolean | Promise<boolean>,
): Promise<void> {
  if (await isEnvironment(environment)) return;
  const message = `is ${JSON.stringify(environment)}, which is no environment`;
  throw new AppError('invalid', `environment ${message}.`, {
    errors: [{ path: 'environment', message }],
  });
}
