import type { z } from 'zod';
import type { RouteDef } from '../contract/route.ts';
import { AppError, type Finding } from '../errors.ts';
import { findings } from './findings.ts';

/** A value through its schema, or `invalid` with every fault. */
export function parsed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = findings(result.error, value);
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError('invalid', `${sentence(first)}${more}.`, { errors });
}

function sentence(finding: Finding | undefined): string {
  const { path = '', message = 'is not valid' } = finding ?? {};
  const place = path === '' ? 'The body' : path;
  return /^(is|has|needs|must) /.test(message) ? `${place} ${message}` : `${place}: ${message}`;
}

/** A body without what the server itself adds, so that a client may send back what it read. */
export function withoutReadOnly(def: RouteDef, body: unknown): unknown {
  if (def.readOnly === undefined || typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body;
  const drop = new Set(def.readOnly);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !drop.has(name)));
}
