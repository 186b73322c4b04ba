import type { Call, Clock, Random } from '../http/handler.ts';
import type { Passwords } from './passwords.ts';
import type { AccountStore, Note } from './port.ts';

export interface AccountDeps {
  readonly store: AccountStore;
  readonly passwords: Passwords;
  readonly clock: Clock;
  readonly random: Random;
}

/** Who did it and in which request: of a call, or of the machine itself (`config`, `command line`). */
export interface By {
  readonly author: string;
  readonly requestId: string;
}
export function byCaller({ actor, requestId }: Call): By {
  return { author: actor.name, requestId };
}

export function noteOf(
  { author, requestId }: By,
  at: number,
  change: Pick<Note, 'action' | 'kind' | 'key'> & Partial<Pick<Note, 'before' | 'after'>>,
): Note {
  return { at, author, requestId, before: null, after: null, ...change };
}

/** ms since the epoch as the API writes times. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}
