import type { StoredSession, StoredUser } from './port.ts';

const hour = 3_600_000;
export const sessionIdle = 12 * hour;
export const sessionLife = 7 * 24 * hour;

/** A session ends 12 h after its last use and 7 d after sign-in, whichever is first. */
export function isAlive(session: StoredSession, now: number): boolean {
  return now - session.seenAt < sessionIdle && now - session.createdAt < sessionLife;
}

/** E-mail as it is compared and kept. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly role?: StoredUser['role'] | undefined;
  readonly active?: boolean | undefined;
}

/** The user after the change, and whether open sessions must end: they were given to somebody who could do otherwise. */
export function changedUser(
  user: StoredUser,
  change: UserChange,
  password: string | undefined,
): { user: StoredUser; endSessions: boolean } {
  const next = {
    ...user,
    name: change.name ?? user.name,
    role: change.role ?? user.role,
    active: change.active ?? user.active,
    password: password ?? user.password,
  };
  const endSessions = next.role !== user.role || !next.active || password !== undefined;
  return { user: next, endSessions };
}

/** What history may know of a person. */
export function shownUser({ email, name, role, active }: StoredUser): object {
  return { email, name, role, active };
}

export interface Failures {
  readonly count: number;
  readonly last: number;
}
const freeTries = 5;
const forgetAfter = hour / 4;
const maxWait = hour / 4;

export function afterFailure(failures: Failures | undefined, now: number): Failures {
  const remembered = failures !== undefined && now - failures.last < forgetAfter;
  return { count: remembered ? failures.count + 1 : 1, last: now };
}

/** ms until an account may be tried again: five tries are free, then the wait doubles from 30 s up to 15 min. */
export function waitMs(failures: Failures | undefined, now: number): number {
  if (failures === undefined || failures.count < freeTries) return 0;
  const wait = Math.min(maxWait, 30_000 * 2 ** (failures.count - freeTries));
  return Math.max(0, failures.last + wait - now);
}
