import { z } from 'zod';
import type { Finding } from '../errors.ts';

type Issue = z.core.$ZodIssue;
const secret = /(^|\.)(password|current|next|token|secret)$/i;

/** Every fault of a request with its dotted path, the value that came and the bound it broke. */
export function findings(error: z.ZodError, input: unknown): Finding[] {
  return error.issues.flatMap((issue) => explain(issue, input, []));
}

function explain(issue: Issue, input: unknown, prefix: readonly PropertyKey[]): Finding[] {
  const at = [...prefix, ...issue.path];
  const path = at.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => ({
      path: [...at, name].map(String).join('.'),
      message: `unknown member ${JSON.stringify(name)}`,
    }));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = closest(issue.errors);
    if (nearest.length > 0) return nearest.flatMap((i) => explain(i, input, at));
  }
  const value = valueAt(input, at);
  return [{ path, message: message(issue, value, secret.test(path)) }];
}

/** Of the alternatives of a union, the one with fewest faults among those that got inside: what the writer meant to send. */
function closest(alternatives: readonly Issue[][]): Issue[] {
  const inside = alternatives.filter((issues) =>
    issues.some((i) => i.path.length > 0 || isStray(i)),
  );
  return inside.reduce((best, next) => (next.length < best.length ? next : best), inside[0] ?? []);
}

function isStray(issue: Issue): boolean {
  return issue.code === 'unrecognized_keys';
}

function message(issue: Issue, value: unknown, hidden: boolean): string {
  // A schema's own words already name value and bound.
  if (issue.code === 'custom' || issue.message !== standardMessage(issue, value))
    return issue.message;
  const got = hidden ? 'what came' : `is ${shown(value)},`;
  if (issue.code === 'too_big')
    return `${measured(value, got)} must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
  if (issue.code === 'too_small')
    return `${measured(value, got)} must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'invalid_type')
    return `${value === undefined ? 'is missing,' : got} must be ${article(issue.expected)}`;
  if (issue.code === 'invalid_value')
    return `${got} must be one of ${issue.values.map(String).join(', ')}`;
  return `${got} ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function standardMessage(issue: Issue, input: unknown): string | undefined {
  const made = z.config().localeError?.({ ...issue, input } as z.core.$ZodRawIssue);
  return typeof made === 'string' ? made : made?.message;
}

function measured(value: unknown, got: string): string {
  if (typeof value === 'string') return `has ${value.length} characters,`;
  if (Array.isArray(value)) return `has ${value.length} items,`;
  return got;
}

function article(type: string): string {
  if (type === 'int') return 'an integer';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'missing';
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, step) =>
      typeof node === 'object' && node !== null
        ? (node as Record<PropertyKey, unknown>)[step]
        : undefined,
    input,
  );
}
