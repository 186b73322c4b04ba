import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import type { KeyKind } from './compile.ts';

/** Whose data plane a key opens. */
export interface KeyIdentity {
  readonly environment: string;
  readonly kind: KeyKind;
}
export type Authenticate = (key: string) => KeyIdentity | undefined;

/** The key of a request: `Authorization: Bearer`, or `?key=` for a client key where no header can be set. */
export function keyOf(
  req: Pick<IncomingMessage, 'headers' | 'url'>,
  authenticate: Authenticate,
): KeyIdentity & { readonly text: string } {
  const header = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const text = header ?? queryKey(req.url ?? '');
  if (text === undefined)
    throw new AppError(
      'unauthenticated',
      'An SDK key is needed: Authorization: Bearer <key>, or ?key= for a client key.',
    );
  const identity = authenticate(text);
  if (identity === undefined)
    throw new AppError('unauthenticated', 'This SDK key is not known here, or it was revoked.');
  if (header === undefined && identity.kind === 'server')
    throw new AppError(
      'unauthenticated',
      'A server key is secret: send it as Authorization: Bearer, never in an address.',
    );
  return { environment: identity.environment, kind: identity.kind, text };
}

function queryKey(url: string): string | undefined {
  const at = url.indexOf('?');
  return at < 0 ? undefined : (new URLSearchParams(url.slice(at)).get('key') ?? undefined);
}
