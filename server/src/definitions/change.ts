import type { Definition, Kind } from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import type { Change } from '../store/definitions/port.ts';
import { documentOf } from './document.ts';
import { nameOf } from './kind-rules.ts';

/** Who changes something, in which request, when (ms since the epoch). */
export interface Author {
  readonly author: string;
  readonly requestId: string;
  readonly at: number;
}

/** The next version of a definition that was read at its present revision. */
export function changeOf<K extends Kind>(
  kind: K,
  next: Definition<K>,
  { author, requestId, at }: Author,
  how: { readonly action: string; readonly reason: string },
): Change {
  return {
    kind,
    key: next.key,
    expected: next.revision,
    body: documentOf(next),
    archived: next.archived,
    author,
    requestId,
    at,
    ...how,
  };
}

/** Refuses a change that was made to an older version. Nothing is compared where the caller sent no If-Match. */
export function expectRevision(
  { key, revision }: { readonly key: string; readonly revision: number },
  kind: Kind,
  ifMatch: number | undefined,
): void {
  if (ifMatch === undefined || ifMatch === revision) return;
  const message = `The ${nameOf[kind]} "${key}" is at revision ${revision}, the change was made to ${ifMatch}: read it again and repeat the change.`;
  throw new AppError('conflict', message, { status: 412, extra: { revision } });
}
