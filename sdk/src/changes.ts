import type { Ruleset } from './ruleset.ts';

/**
 * The flags that may serve something else after a change, rather one too many than one too few: a change of segments,
 * holdouts or layers counts for all flags, a change of any flag for those that require another.
 */
export function changedFlags(before: Ruleset | undefined, after: Ruleset): string[] {
  const keys = Object.keys({ ...before?.flags, ...after.flags });
  if (!before || shared(before) !== shared(after)) return keys;
  const changed = keys.filter(
    (key) => JSON.stringify(before.flags[key]) !== JSON.stringify(after.flags[key]),
  );
  return changed.length === 0
    ? changed
    : keys.filter((key) => changed.includes(key) || after.flags[key]?.requires);
}

function shared(ruleset: Ruleset): string {
  return JSON.stringify({ ...ruleset, flags: 0, version: 0 });
}
