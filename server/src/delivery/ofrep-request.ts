import type { IncomingMessage } from 'node:http';
import type { Context } from '@assay/sdk';
import { AppError } from '../errors.ts';
import type { OfrepErrorCode } from './ofrep-answer.ts';

export const ofrepBodyLimit = 64 * 1024;
const maxDepth = 64;

/** A request that OFREP itself has a code for. */
export class OfrepRefusal extends Error {
  override readonly name = 'OfrepRefusal';
  readonly errorCode: OfrepErrorCode;
  constructor(errorCode: OfrepErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorCode = errorCode;
  }
}

/**
 * Reads the context of an evaluation; `targetingKey` stands for `userId` where that is missing.
 * Throws OfrepRefusal (`PARSE_ERROR`, `INVALID_CONTEXT`) or AppError `too_large`.
 */
export async function readContext(req: IncomingMessage): Promise<Context> {
  return contextOf(parse(await readBytes(req)));
}

function readBytes(req: IncomingMessage): Promise<Buffer> {
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new AppError(
      'invalid',
      `Content-Encoding is ${JSON.stringify(encoding)}, must be absent.`,
      { status: 415 },
    );
  if (Number(req.headers['content-length']) > ofrepBodyLimit) throw tooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // Not by `for await`, which on leaving would cut the connection under the answer.
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > ofrepBodyLimit) reject(tooLarge());
      else chunks.push(chunk);
    });
    req.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    req.on('error', reject);
    req.on('close', () => {
      reject(new AppError('invalid', 'The connection closed before the body ended.'));
    });
  });
}

function tooLarge(): AppError {
  return new AppError('too_large', `The body is larger than ${ofrepBodyLimit} bytes.`);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'malformed' : 'not UTF-8';
    throw new OfrepRefusal('PARSE_ERROR', `The body is not JSON: ${why}.`, { cause });
  }
}

/** @example contextOf({ context: { targetingKey: 'u1' } }) // { targetingKey: 'u1', userId: 'u1' } */
export function contextOf(body: unknown): Context {
  if (!isObject(body)) throw new OfrepRefusal('INVALID_CONTEXT', 'The body is not an object.');
  // Clients in typed languages write an absent context as null.
  const context = body['context'] ?? {};
  if (!isObject(context)) throw new OfrepRefusal('INVALID_CONTEXT', 'context is not an object.');
  const { targetingKey, userId } = context;
  if (targetingKey !== undefined && targetingKey !== null && typeof targetingKey !== 'string')
    throw new OfrepRefusal('INVALID_CONTEXT', 'context.targetingKey is not a string.');
  if (isDeep(context))
    throw new OfrepRefusal('INVALID_CONTEXT', `context nests deeper than ${maxDepth}.`);
  // Parsed JSON holds nothing but values of flags.
  return { ...context, userId: userId ?? targetingKey } as Context;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Level by level, because a body of brackets must not overflow the stack of whatever walks it. */
function isDeep(root: object): boolean {
  let level: object[] = [root];
  for (let depth = 0; level.length > 0 && depth <= maxDepth; depth++)
    level = level
      .flatMap((node) => Object.values(node) as unknown[])
      .filter((node): node is object => typeof node === 'object' && node !== null);
  return level.length > 0;
}
