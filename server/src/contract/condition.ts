import type { Condition } from '@assay/sdk';
import { z } from 'zod';
import { attributeName, key } from './common.ts';

export const operators = [
  'eq',
  'ne',
  'in',
  'nin',
  'lt',
  'lte',
  'gt',
  'gte',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'semverEq',
  'semverLt',
  'semverLte',
  'semverGt',
  'semverGte',
  'before',
  'after',
  'exists',
  'missing',
] as const;

const maxDepth = 16;
const maxList = 10_000;
const scalar = z.union([z.string().max(2_000), z.number(), z.boolean()]);
const list = z.array(z.union([z.string().max(2_000), z.number()])).max(maxList);

const valueOf: Record<(typeof operators)[number], z.ZodType> = {
  eq: scalar,
  ne: scalar,
  in: list,
  nin: list,
  lt: z.number(),
  lte: z.number(),
  gt: z.number(),
  gte: z.number(),
  contains: z.string().max(2_000),
  startsWith: z.string().max(2_000),
  endsWith: z.string().max(2_000),
  matches: z.string().min(1).max(256),
  semverEq: z.string(),
  semverLt: z.string(),
  semverLte: z.string(),
  semverGt: z.string(),
  semverGte: z.string(),
  before: z.union([z.string(), z.number()]),
  after: z.union([z.string(), z.number()]),
  exists: z.undefined(),
  missing: z.undefined(),
};

type Issue = { path: (string | number)[]; message: string };

/** Finds what is wrong with a condition, with the path of each fault: a plain union would only say "invalid input". */
function faults(node: unknown, path: (string | number)[], depth: number): Issue[] {
  if (depth > maxDepth) return [{ path, message: `nested deeper than ${maxDepth}` }];
  if (typeof node !== 'object' || node === null || Array.isArray(node))
    return [
      { path, message: 'a condition is an object: { attr, op, value }, all, any, not or segment' },
    ];
  const entries = Object.entries(node);
  const names = entries.map(([name]) => name);
  const only = (allowed: string[]): Issue[] =>
    names
      .filter((n) => !allowed.includes(n))
      .map((n) => ({ path: [...path, n], message: `unknown member "${n}"` }));
  for (const group of ['all', 'any'] as const)
    if (group in node) {
      const parts = (node as Record<string, unknown>)[group];
      if (!Array.isArray(parts) || parts.length > 1_000)
        return [{ path: [...path, group], message: 'must be a list of at most 1,000 conditions' }];
      return [
        ...only([group]),
        ...parts.flatMap((p: unknown, i) => faults(p, [...path, group, i], depth + 1)),
      ];
    }
  if ('not' in node) return [...only(['not']), ...faults(node.not, [...path, 'not'], depth + 1)];
  if ('segment' in node)
    return [...only(['segment']), ...check(key, node.segment, [...path, 'segment'])];
  const { attr, op, value } = node as { attr?: unknown; op?: unknown; value?: unknown };
  const operator = operators.find((o) => o === op);
  if (operator === undefined)
    return [
      {
        path: [...path, 'op'],
        message: `op is ${JSON.stringify(op)}, must be one of ${operators.join(', ')}`,
      },
    ];
  return [
    ...only(['attr', 'op', 'value']),
    ...check(attributeName, attr, [...path, 'attr']),
    ...check(valueOf[operator], value, [...path, 'value']),
  ];
}

function check(schema: z.ZodType, value: unknown, path: (string | number)[]): Issue[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map((i) => ({
    path: [...path, ...i.path.map((p) => (typeof p === 'symbol' ? String(p) : p))],
    message: `is ${value === undefined ? 'missing' : JSON.stringify(value)}: ${i.message}`,
  }));
}

/** Who is meant. Its JSON schema stands in openapi.ts. */
export const condition: z.ZodType<Condition> = z
  .custom<Condition>()
  .superRefine((value, ctx) => {
    for (const issue of faults(value, [], 0)) ctx.addIssue({ code: 'custom', ...issue });
  })
  .meta({ id: 'Condition' });
