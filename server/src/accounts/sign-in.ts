import { AppError } from '../errors.ts';
import type { AccountDeps } from './deps.ts';
import { isOutdated } from './passwords.ts';
import type { StoredUser } from './port.ts';
import { afterFailure, normalEmail, waitMs, type Failures } from './rules.ts';

const remembered = 10_000;

/** The user whose e-mail and password these are; throws `unauthenticated` or, after failures, `rate_limited`. */
export type CheckPassword = (email: string, password: string) => Promise<StoredUser>;

/** Password checks with a back-off by account, whichever address the tries come from. */
export function createPasswordCheck({ store, passwords, clock }: AccountDeps): CheckPassword {
  const failed = new Map<string, Failures>();
  const refuseEarly = (email: string) => {
    const wait = waitMs(failed.get(email), clock());
    if (wait > 0)
      throw new AppError('rate_limited', 'Too many failed sign-ins to this account.', {
        retryAfterSeconds: Math.ceil(wait / 1_000),
      });
  };
  const noteFailure = (email: string) => {
    const failures = afterFailure(failed.get(email), clock());
    failed.delete(email);
    failed.set(email, failures);
    const [oldest] = failed.keys();
    if (failed.size > remembered && oldest !== undefined) failed.delete(oldest);
  };
  return async (given, password) => {
    const email = normalEmail(given);
    refuseEarly(email);
    const user = await store.userByEmail(email);
    // Unknown people take as long as known ones.
    const holds = await passwords.verify(user?.password, password);
    if (!holds || user?.active !== true) {
      noteFailure(email);
      throw new AppError('unauthenticated', 'This e-mail and password do not fit together.');
    }
    failed.delete(email);
    if (isOutdated(user.password)) await store.rehash(user.id, await passwords.hash(password));
    return user;
  };
}
