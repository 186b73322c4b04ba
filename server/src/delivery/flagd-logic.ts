/** JSON logic as flagd reads it. */
export type Logic = string | number | boolean | null | readonly Logic[] | { [op: string]: Logic };

/** What flagd has no way to say; the flag is left out, and the reason told. */
export class CannotExpress extends Error {
  override readonly name = 'CannotExpress';
}

/** True when all hold; constants are folded away. */
export function allOf(parts: readonly Logic[]): Logic {
  if (parts.includes(false)) return false;
  const open = parts.filter((part) => part !== true);
  return open.length > 1 ? { and: open } : (open[0] ?? true);
}

/** True when any holds; constants are folded away. */
export function anyOf(parts: readonly Logic[]): Logic {
  if (parts.includes(true)) return true;
  const open = parts.filter((part) => part !== false);
  return open.length > 1 ? { or: open } : (open[0] ?? false);
}

export function not(part: Logic): Logic {
  return typeof part === 'boolean' ? !part : { '!': [part] };
}

/**
 * An attribute; `targetingKey` stands for a missing `userId`. A dotted name is a path: flagd knows no members with a
 * dot in their name.
 */
export function attribute(name: string): Logic {
  if (name in {} || name === '') throw new CannotExpress(`the attribute "${name}" cannot be named`);
  const named = { var: name };
  return name === 'userId'
    ? { if: [{ '===': [named, null] }, { var: 'targetingKey' }, named] }
    : named;
}

export function isMissing(value: Logic): Logic {
  return { '===': [value, null] };
}

/** JSON logic has no types to ask for, but only a text is what it is when written out. */
export function isText(value: Logic): Logic {
  return allOf([not(isMissing(value)), { '===': [{ cat: [value, ''] }, value] }]);
}

/** Only a number is what it is when added up; what is no scalar ends the evaluation in an error instead. */
export function isNumber(value: Logic): Logic {
  return allOf([
    not(isMissing(value)),
    not(isText(value)),
    not({ in: [value, [true, false]] }),
    { '===': [{ '+': [value] }, value] },
  ]);
}
