import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Ruleset } from '@assay/sdk';
import { AppError } from '../errors.ts';
import { flagdExport } from './flagd-export.ts';
import type { KeyIdentity } from './key.ts';
import { isFresh } from './negotiate.ts';
import type { Published } from './publisher.ts';

interface Made {
  readonly body: Buffer;
  readonly etag: string;
}
/** Made once per published ruleset. */
const made = new WeakMap<Ruleset, Made>();

/**
 * Answers the environment of a server key as flagd definitions. Throws AppError `forbidden` for a client key: they hold
 * every rule.
 */
export function sendFlagd(
  req: IncomingMessage,
  res: ServerResponse,
  { ruleset }: Published,
  key: KeyIdentity,
): void {
  if (key.kind === 'client')
    throw new AppError('forbidden', 'flagd definitions hold every rule: a server key is needed.');
  const { body, etag } = madeOf(ruleset);
  res.setHeader('ETag', etag);
  res.setHeader('Cache-Control', 'private, no-store');
  if (isFresh(req.headers['if-none-match'], etag)) {
    res.writeHead(304).end();
    return;
  }
  res.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  res.end(body);
}

function madeOf(ruleset: Ruleset): Made {
  const known = made.get(ruleset);
  if (known !== undefined) return known;
  const body = Buffer.from(JSON.stringify(flagdExport(ruleset)));
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 27);
  const fresh = { body, etag: `"${hash}"` };
  made.set(ruleset, fresh);
  return fresh;
}
