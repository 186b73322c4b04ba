import type { Actor } from '../http/handler.ts';
import { noteOf, type AccountDeps, type By } from './deps.ts';
import type { StoredUser } from './port.ts';
import { isAlive, sessionIdle, sessionLife } from './rules.ts';
import { base64url, sha256 } from './secrets.ts';

const touchEvery = 60_000;

/** Begins a session and returns its id, 256 random bits for the cookie alone: the store knows only their hash. */
export async function beginSession(
  { store, clock, random }: AccountDeps,
  user: StoredUser,
  by: By,
): Promise<string> {
  const id = base64url(random(32));
  const at = clock();
  await store.sweepSessions(at - sessionLife, at - sessionIdle);
  await store.addSession(
    { hash: sha256(id), userId: user.id, createdAt: at, seenAt: at },
    noteOf(by, at, { action: 'sign-in', kind: 'sessions', key: user.id }),
  );
  return id;
}

/** Whose session this is, if it still lives and its owner is active. */
export async function userOfSession(
  { store, clock }: AccountDeps,
  id: string,
): Promise<StoredUser | undefined> {
  const found = await store.session(sha256(id));
  const now = clock();
  if (found === undefined || !found.user.active || !isAlive(found.session, now)) return undefined;
  if (now - found.session.seenAt >= touchEvery) await store.touchSession(found.session.hash, now);
  return found.user;
}

export function actorOf({ id, email, role }: StoredUser): Actor {
  return { kind: 'user', id, name: email, role };
}
