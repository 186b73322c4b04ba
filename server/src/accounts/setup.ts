import { AppError } from '../errors.ts';
import type { AccountDeps } from './deps.ts';
import type { StoredUser } from './port.ts';
import { base64url, sameHash, sha256 } from './secrets.ts';
import { addUser } from './users.ts';

export interface Setup {
  /** The secret of the one-time link, told once to whoever watches the server's output; undefined when people exist. */
  readonly token: string | undefined;
  isNeeded(): Promise<boolean>;
  /** Makes the first admin. `forbidden` for a wrong or used token, `conflict` when an admin exists. */
  complete(
    given: { token: string; email: string; name: string; password: string },
    requestId: string,
  ): Promise<StoredUser>;
}

/** The way to the first admin where there is no default password: valid until used or until a restart. */
export async function createSetup(deps: AccountDeps): Promise<Setup> {
  const isNeeded = async () => (await deps.store.users()).length === 0;
  const token = (await isNeeded()) ? base64url(deps.random(32)) : undefined;
  let expected = token === undefined ? undefined : sha256(token);
  return {
    token,
    isNeeded,
    complete: async ({ token: sent, email, name, password }, requestId) => {
      if (expected === undefined || !sameHash(expected, sha256(sent)))
        throw new AppError(
          'forbidden',
          'The set-up link is wrong or used. A restart of the server prints a new one while nobody has an account.',
        );
      const by = { author: email, requestId };
      const user = await addUser(deps, { email, name, role: 'admin', password }, by, true);
      expected = undefined;
      return user;
    },
  };
}
