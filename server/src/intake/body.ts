import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../errors.ts';

const maxInflated = 1_048_576;
const maxCompressed = 262_144;

/**
 * Refuses by the headers alone what cannot be a batch. Throws AppError `invalid` (415) or `too_large`.
 */
export function checkHeaders(req: IncomingMessage): void {
  const type = req.headers['content-type'];
  if (
    type !== undefined &&
    !/^\s*(application\/json|text\/plain)\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i.test(type)
  )
    throw new AppError(
      'invalid',
      `content-type is ${JSON.stringify(type)}, must be application/json or text/plain, in UTF-8`,
      { status: 415 },
    );
  const length = Number(req.headers['content-length'] ?? 0);
  if (length > limitOf(req)) throw tooLarge(req);
}

/** Reads and parses the body. Throws AppError `invalid` or `too_large`. */
export async function readJson(req: IncomingMessage): Promise<unknown> {
  const raw = await collect(req);
  const bytes = isGzip(req) ? inflate(raw) : raw;
  if (!isUtf8(bytes)) throw new AppError('invalid', 'the body is not UTF-8');
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw new AppError(
      'invalid',
      `the body is not JSON: ${cause instanceof Error ? cause.message : ''}`,
      { cause },
    );
  }
}

function isGzip(req: IncomingMessage): boolean {
  const encoding = req.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'gzip') return true;
  if (encoding === 'identity' || encoding === '') return false;
  throw new AppError(
    'invalid',
    `content-encoding is ${JSON.stringify(encoding)}, must be gzip or none`,
    { status: 415 },
  );
}

function limitOf(req: IncomingMessage): number {
  return isGzip(req) ? maxCompressed : maxInflated;
}

function tooLarge(req: IncomingMessage): AppError {
  return new AppError(
    'too_large',
    `the body is larger than ${limitOf(req)} bytes; send it in parts`,
  );
}

function collect(req: IncomingMessage): Promise<Buffer> {
  const limit = limitOf(req);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) reject(tooLarge(req));
      else chunks.push(chunk);
    });
    req.on('end', () => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    req.on('error', reject);
    req.on('close', () => {
      reject(new AppError('invalid', 'the connection closed before the body ended'));
    });
  });
}

function inflate(raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: maxInflated });
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new AppError(
        'too_large',
        `the body inflates to more than ${maxInflated} bytes; send it in parts`,
        { cause },
      );
    throw new AppError('invalid', 'the body is not gzip', { cause });
  }
}
