import type { z } from 'zod';
import type { RouteDef } from '../contract/route.ts';
import { AppError } from '../errors.ts';
import { findings } from './findings.ts';

/** A value through its schema, or `invalid` with every fault. */
export function parsed(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = findings(result.error, value);
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const place = first === undefined || first.path === '' ? 'The body' : first.path;
  throw new AppError('invalid', `${place} ${first?.message ?? 'is not valid'}${more}.`, { errors });
}

/** A body without what the server itself adds, so that a client may send back what it read. */
export function withoutReadOnly(def: RouteDef, body: unknown): unknown {
  if (def.readOnly === undefined || typeof body !== 'object' || body === null) return body;
  if (Array.isArray(body)) return body;
  const drop = new Set(def.readOnly);
  return Object.fromEntries(Object.entries(body).filter(([name]) => !drop.has(name)));
}
