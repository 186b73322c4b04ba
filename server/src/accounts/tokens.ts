import type { Token } from '../contract/accounts.ts';
import type { Role } from '../contract/common.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../http/handler.ts';
import { iso, isoOrNull, noteOf, type AccountDeps, type By } from './deps.ts';
import type { StoredToken } from './port.ts';
import { makeSecret, newId, readSecret, sameHash } from './secrets.ts';

/** Makes an API token; the text is shown this once. */
export async function makeToken(
  { store, clock, random }: AccountDeps,
  given: { readonly name: string; readonly role: Role; readonly expiresAt: number | null },
  by: By,
): Promise<{ text: string; token: StoredToken }> {
  const at = clock();
  if (given.expiresAt !== null && given.expiresAt <= at) {
    const message = `is ${iso(given.expiresAt)}, must be later than now, ${iso(at)}`;
    throw new AppError('invalid', `expiresAt ${message}.`, {
      errors: [{ path: 'expiresAt', message }],
    });
  }
  const { text, selector, hash } = makeSecret('ak', random);
  const id = newId('tok', random);
  const token = { ...given, id, selector, hash, createdAt: at, createdBy: by.author, usedAt: null };
  await store.addToken(
    token,
    noteOf(by, at, { action: 'create', kind: 'tokens', key: id, after: shown(token) }),
  );
  return { text, token };
}

export async function revokeToken({ store, clock }: AccountDeps, id: string, by: By) {
  const note = noteOf(by, clock(), { action: 'revoke', kind: 'tokens', key: id });
  if (!(await store.removeToken(id, note)))
    throw new AppError('not_found', `No token ${JSON.stringify(id)}.`);
}

/** Who calls with this text, if it is a token that lives. */
export async function actorOfToken(
  { store, clock }: AccountDeps,
  text: string,
): Promise<Actor | undefined> {
  const sent = readSecret(text);
  if (sent?.prefix !== 'ak') return undefined;
  const token = await store.tokenBySelector(sent.selector);
  if (token === undefined || !sameHash(token.hash, sent.hash)) return undefined;
  if (token.expiresAt !== null && token.expiresAt <= clock()) return undefined;
  return { kind: 'token', id: token.id, name: token.name, role: token.role };
}

function shown({ name, role, expiresAt }: StoredToken): object {
  return { name, role, expiresAt: isoOrNull(expiresAt) };
}

export function tokenOf(token: StoredToken): Token {
  return {
    id: token.id,
    name: token.name,
    role: token.role,
    prefix: `ak_${token.selector}`,
    createdAt: iso(token.createdAt),
    createdBy: token.createdBy,
    expiresAt: isoOrNull(token.expiresAt),
    lastUsedAt: isoOrNull(token.usedAt),
  };
}
