import { z } from 'zod';

/** The name of a definition, stable for ever. */
export const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, {
    error: (issue) =>
      `${JSON.stringify(issue.input)} is not a key: 1 to 100 of a-z 0-9 . _ -, starting with a letter or digit`,
  })
  .meta({ id: 'Key', description: '1 to 100 of a-z 0-9 . _ -, starting with a letter or digit.' });

/** Names of events, attributes and properties: what an app sends. */
export const eventName = z.string().min(1).max(100);
export const attributeName = z.string().min(1).max(200);

/** ISO 8601 with zone. */
export const time = z.iso.datetime({ offset: true });
export const share = z.number().gt(0).lt(1);
export const text = z.string().max(2_000);
export const label = z.string().max(200);
export const empty = z.object({});

/** A JSON value as a flag serves it. */
export const json: z.ZodType<Json> = z.json().meta({ id: 'Json' });
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]);
export const context = z
  .record(z.string().max(200), json)
  .meta({ description: 'Attributes of one unit: userId, country, plan …' });

/** A span of time; its members add up. */
export const span = z
  .strictObject({
    minutes: z.number().min(0).max(100_000).optional(),
    hours: z.number().min(0).max(10_000).optional(),
    days: z.number().min(0).max(400).optional(),
  })
  .refine((s) => spanMs(s) > 0, { error: 'a span must be longer than 0' })
  .meta({ id: 'Span' });
export function spanMs(s: {
  minutes?: number | undefined;
  hours?: number | undefined;
  days?: number | undefined;
}): number {
  return ((s.minutes ?? 0) + (s.hours ?? 0) * 60 + (s.days ?? 0) * 1_440) * 60_000;
}

export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  cursor: z.string().max(200).optional(),
  q: z.string().max(200).optional(),
  sort: z.string().max(50).optional(),
  archived: z.enum(['true', 'false']).default('false'),
});
/** One page of a list; `next` is the cursor of the following one. */
export type Page<T> = z.ZodType<{ items: T[]; next: string | null }>;
export function page<T extends z.ZodType>(item: T): Page<z.output<T>> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export const role = z.enum(['admin', 'editor', 'analyst', 'viewer']).meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum([
      'invalid',
      'unauthenticated',
      'forbidden',
      'not_found',
      'conflict',
      'locked',
      'too_large',
      'rate_limited',
      'unavailable',
      'internal',
    ]),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details.' });
export type Problem = z.infer<typeof problem>;
