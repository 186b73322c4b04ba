import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';

/** Bytes of a request body on the control plane. */
export const bodyLimit = 256 * 1024;
const maxDepth = 64;
const banned = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body; undefined when there is none. Unlike express.json it refuses bytes that are not UTF-8, other
 * charsets, encodings, and members that could reach a prototype.
 */
export async function readJson(req: IncomingMessage): Promise<unknown> {
  if (
    req.headers['transfer-encoding'] === undefined &&
    !(Number(req.headers['content-length']) > 0)
  )
    return undefined;
  checkType(req);
  if (Number(req.headers['content-length']) > bodyLimit) throw tooLarge();
  const value = parse(await readBytes(req));
  checkShape(value);
  return value;
}

function checkType(req: IncomingMessage): void {
  const type = req.headers['content-type'] ?? '';
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (!/^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(type))
    throw new AppError(
      'invalid',
      `Content-Type is ${JSON.stringify(type)}, must be application/json in UTF-8.`,
      { status: 415 },
    );
  if (encoding !== 'identity')
    throw new AppError(
      'invalid',
      `Content-Encoding is ${JSON.stringify(encoding)}, must be absent.`,
      {
        status: 415,
      },
    );
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError('too_large', `The body is larger than ${bodyLimit} bytes.`);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'malformed' : 'not UTF-8';
    throw new AppError('invalid', `The body is not JSON: ${why}.`, { cause });
  }
}

/** Iterative on purpose: a body of 100,000 brackets must not overflow the stack here or in whatever walks it later. */
function checkShape(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw new AppError('invalid', `The body nests deeper than ${maxDepth}.`);
    level = level.flatMap((node) => {
      if (typeof node !== 'object' || node === null) return [];
      if (Array.isArray(node)) return node as unknown[];
      const name = Object.keys(node).find((k) => banned.has(k));
      if (name !== undefined) throw new AppError('invalid', `"${name}" cannot be a member's name.`);
      return Object.values(node) as unknown[];
    });
  }
}
