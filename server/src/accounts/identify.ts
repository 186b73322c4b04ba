import type { IncomingMessage } from 'node:http';
import type { Actor } from '../http/handler.ts';
import { readCookie, type CookieForm } from './cookie.ts';
import type { AccountDeps } from './deps.ts';
import { sameHash, sha256 } from './secrets.ts';
import { actorOf, userOfSession } from './sessions.ts';
import { actorOfToken } from './tokens.ts';

export const anonymous: Actor = { kind: 'anonymous', id: '', name: 'anonymous', role: null };

export interface Identified {
  readonly actor: Actor;
  /** Recognised by the cookie, which browsers send by themselves: forgery has to be ruled out. */
  readonly bySession: boolean;
}
export type Identify = (req: IncomingMessage) => Promise<Identified>;

/** Who calls: an API token if one is sent, else the session, else nobody. `adminToken` is the one of the environment. */
export function createIdentify(
  deps: AccountDeps,
  cookie: CookieForm,
  adminToken: string | undefined,
  noteUse: (tokenId: string) => void,
): Identify {
  const adminHash = adminToken === undefined ? undefined : sha256(adminToken);
  const byToken = async (text: string): Promise<Actor> => {
    if (adminHash !== undefined && sameHash(adminHash, sha256(text)))
      return { kind: 'token', id: 'environment', name: 'ASSAY_ADMIN_TOKEN', role: 'admin' };
    const actor = await actorOfToken(deps, text);
    if (actor !== undefined) noteUse(actor.id);
    return actor ?? anonymous;
  };
  return async ({ headers }) => {
    if (headers.authorization !== undefined) {
      const [, text = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization.trim()) ?? [];
      return { actor: await byToken(text), bySession: false };
    }
    const id = readCookie(headers.cookie, cookie.name);
    const user = id === undefined ? undefined : await userOfSession(deps, id);
    return user === undefined
      ? { actor: anonymous, bySession: false }
      : { actor: actorOf(user), bySession: true };
  };
}
