export interface FieldChange {
  /** Dotted path; a list's item by its index. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What differs between two JSON values, member by member. Lists of different length differ as a whole: telling which
 * item moved would be a guess.
 * @example diff({ a: 1, b: 2 }, { a: 1, b: 3 }) // [{ path: 'b', before: 2, after: 3 }]
 */
export function diff(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [{ path, before, after }];
    return before.flatMap((item, i) => diff(item, after[i], join(path, i)));
  }
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      diff(own(before, name), own(after, name), join(path, name)),
    );
  }
  return [{ path, before, after }];
}

/** Whether two JSON values say the same, whatever the order of their members. */
export function same(a: unknown, b: unknown): boolean {
  return diff(a, b).length === 0;
}

function join(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`;
}
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** A member called "constructor" is a member, not what every object inherits. */
function own(value: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
