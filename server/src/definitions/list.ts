import { AppError } from '../errors.ts';

export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
}
export interface Listed {
  readonly key: string;
  readonly name?: string | undefined;
  readonly description?: string;
  readonly owner?: string;
  readonly tags?: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

const sorts = ['key', 'name', 'createdAt', 'updatedAt'] as const;

/**
 * One page of a list. `sort` is key, name, createdAt or updatedAt, with "-" before it from the end; the cursor names
 * the last item that was seen, so that a page is right even when items came or went meanwhile.
 */
export function pageOf<T extends Listed>(
  items: readonly T[],
  { limit, cursor, q, sort = 'key' }: ListQuery,
): { items: T[]; next: string | null } {
  const compare = order(sort);
  const found = items
    .filter((item) => matches(item, q))
    .map((item) => ({ item, at: place(item, sort) }));
  found.sort((a, b) => compare(a.at, b.at));
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const rest = after === undefined ? found : found.filter(({ at }) => compare(at, after) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const next = rest.length > limit && last !== undefined ? writeCursor(last.at) : null;
  return { items: page.map(({ item }) => item), next };
}

/** Value of the sort, then the key, which is never the same twice. */
type Place = readonly [value: string, key: string];

function place(item: Listed, sort: string): Place {
  const member = sorts.find((name) => name === sort.replace(/^-/, ''));
  const value = member === undefined ? item.key : (item[member] ?? item.key);
  return [member === 'name' ? value.toLowerCase() : value, item.key];
}

function order(sort: string): (a: Place, b: Place) => number {
  const name = sort.replace(/^-/, '');
  if (!sorts.some((s) => s === name)) {
    const message = `is ${JSON.stringify(sort)}, must be one of ${sorts.join(', ')}, with "-" before it from the end`;
    throw new AppError('invalid', `sort ${message}.`, { errors: [{ path: 'sort', message }] });
  }
  const sign = sort.startsWith('-') ? -1 : 1;
  const text = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);
  return (a, b) => sign * (text(a[0], b[0]) || text(a[1], b[1]));
}

function matches(item: Listed, q: string | undefined): boolean {
  if (q === undefined || q.trim() === '') return true;
  const wanted = q.trim().toLowerCase();
  const texts = [item.key, item.name, item.description, item.owner, ...(item.tags ?? [])];
  return texts.some((text) => text?.toLowerCase().includes(wanted) === true);
}

function writeCursor(at: Place): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

export function readCursor(cursor: string): Place {
  try {
    const at: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(at) && at.length === 2) return [String(at[0]), String(at[1])];
  } catch {
    // Told below: whatever is wrong with it, it is not one of ours.
  }
  const message = `is ${JSON.stringify(cursor)}, must be the "next" of a page before`;
  throw new AppError('invalid', `cursor ${message}.`, { errors: [{ path: 'cursor', message }] });
}
