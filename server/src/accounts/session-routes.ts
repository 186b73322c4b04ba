import type { Me } from '../contract/accounts.ts';
import type { RouteKey } from '../contract/routes.ts';
import { AppError } from '../errors.ts';
import type { Actor, Call, Handlers } from '../http/handler.ts';
import { readCookie, setCookie } from './cookie.ts';
import { byCaller } from './deps.ts';
import type { StoredUser } from './port.ts';
import { sessionLife } from './rules.ts';
import { sha256 } from './secrets.ts';
import type { Accounts } from './service.ts';
import { beginSession } from './sessions.ts';
import { changeUser } from './users.ts';

type SessionRoute = Extract<
  RouteKey,
  | `${string} /api/setup`
  | `${string} /api/session`
  | `${string} /api/me`
  | `${string} /api/me/${string}`
>;

/** The ways in and out. Each way in begins a new session and ends the one that came with the request. */
export function sessionRoutes(accounts: Accounts): Handlers<SessionRoute> {
  const { deps, setup, checkPassword } = accounts;
  return {
    'GET /api/setup': async () => ({ needed: await setup.isNeeded() }),
    'POST /api/setup': async ({ body }, call) => {
      const user = await setup.complete(body, call.requestId);
      return enter(accounts, user, call);
    },
    'POST /api/session': async ({ body }, call) =>
      enter(accounts, await checkPassword(body.email, body.password), call),
    'DELETE /api/session': async (_input, call) => {
      await leave(accounts, call);
      call.res.setHeader('Set-Cookie', setCookie(accounts.cookie, '', 0));
      return {};
    },
    'GET /api/me': async (_input, { actor }) => {
      const user = actor.kind === 'user' ? await deps.store.user(actor.id) : undefined;
      return user === undefined ? tokenMe(actor) : userMe(user);
    },
    'POST /api/me/password': async ({ body }, call) => {
      const { actor } = call;
      if (actor.kind !== 'user')
        throw new AppError('forbidden', 'A token has no password; sign in as a person.');
      await checkPassword(actor.name, body.current).catch(refuseCurrent);
      const user = await changeUser(deps, actor.id, { password: body.next }, byCaller(call));
      await enter(accounts, user, call);
      return {};
    },
  };
}

/** A wrong current password is a fault of the form, not of the session. */
function refuseCurrent(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error;
  throw new AppError('invalid', 'The current password is wrong.', {
    cause: error,
    errors: [{ path: 'current', message: 'is not your current password' }],
  });
}

async function enter(accounts: Accounts, user: StoredUser, call: Call): Promise<Me> {
  await leave(accounts, call);
  const { requestId, res } = call;
  const id = await beginSession(accounts.deps, user, { author: user.email, requestId });
  res.setHeader('Set-Cookie', setCookie(accounts.cookie, id, sessionLife / 1_000));
  return userMe(user);
}

async function leave({ deps, cookie }: Accounts, { req }: Call): Promise<void> {
  const id = readCookie(req.headers.cookie, cookie.name);
  if (id !== undefined) await deps.store.endSession(sha256(id));
}

function userMe({ id, email, name, role }: StoredUser): Me {
  return { kind: 'user', id, name: name === '' ? email : name, email, role };
}

function tokenMe({ id, name, role }: Actor): Me {
  if (role === null) throw new AppError('unauthenticated', 'Nobody is signed in.');
  return { kind: 'token', id, name, email: null, role };
}
