import type { User } from '../contract/accounts.ts';
import type { Role } from '../contract/common.ts';
import { AppError } from '../errors.ts';
import { iso, isoOrNull, noteOf, type AccountDeps, type By } from './deps.ts';
import type { StoredUser } from './port.ts';
import { changedUser, normalEmail, shownUser, type UserChange } from './rules.ts';
import { newId } from './secrets.ts';

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/** Adds a person; `conflict` when the e-mail is taken, or when `onlyFirst` is asked and somebody is there already. */
export async function addUser(
  { store, passwords, clock, random }: AccountDeps,
  given: NewUser,
  by: By,
  onlyFirst = false,
): Promise<StoredUser> {
  const user: StoredUser = {
    id: newId('usr', random),
    email: normalEmail(given.email),
    name: given.name,
    role: given.role,
    active: true,
    password: await passwords.hash(given.password),
    createdAt: clock(),
    seenAt: null,
  };
  const note = noteOf(by, clock(), {
    action: onlyFirst ? 'setup' : 'create',
    kind: 'users',
    key: user.id,
    after: shownUser(user),
  });
  const outcome = await store.addUser(user, note, onlyFirst);
  if (outcome === 'taken')
    throw new AppError('conflict', `${user.email} has an account already.`, {
      errors: [{ path: 'email', message: `${user.email} has an account already` }],
    });
  if (outcome === 'notFirst') throw new AppError('conflict', 'The first admin exists already.');
  return user;
}

/** Changes a person; `locked` when no active admin would remain. */
export async function changeUser(
  { store, passwords, clock }: AccountDeps,
  id: string,
  change: UserChange & { readonly password?: string | undefined },
  by: By,
): Promise<StoredUser> {
  const before = await store.user(id);
  if (before === undefined) throw new AppError('not_found', `No person ${JSON.stringify(id)}.`);
  const password =
    change.password === undefined ? undefined : await passwords.hash(change.password);
  const { user, endSessions } = changedUser(before, change, password);
  const note = noteOf(by, clock(), {
    action: password === undefined ? 'update' : 'change-password',
    kind: 'users',
    key: id,
    before: shownUser(before),
    after: shownUser(user),
  });
  if ((await store.saveUser(user, note, endSessions)) === 'lastAdmin')
    throw new AppError('locked', `${user.email} is the last active admin and has to stay one.`);
  return user;
}

/** A person as the API shows them. */
export function userOf({ id, email, name, role, active, createdAt, seenAt }: StoredUser): User {
  return {
    id,
    email,
    name,
    role,
    active,
    createdAt: iso(createdAt),
    lastSeenAt: isoOrNull(seenAt),
  };
}
