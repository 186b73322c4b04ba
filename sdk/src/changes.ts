import type { Flag, Ruleset } from './ruleset.ts';

/**
 * The flags that may serve something else after a change. What segments, holdouts, layers or a prerequisite changed
 * counts too, rather once too often than not at all.
 */
export function changedFlags(before: Ruleset | undefined, after: Ruleset): string[] {
  const sharedSame = before !== undefined && shared(before) === shared(after);
  const all = new Set([...Object.keys(before?.flags ?? {}), ...Object.keys(after.flags)]);
  const changed = new Set(
    [...all].filter((key) => {
      const text = JSON.stringify(after.flags[key]);
      return text !== JSON.stringify(before?.flags[key]) || (!sharedSame && leans.test(text));
    }),
  );
  for (let size = -1; size !== changed.size;) {
    size = changed.size;
    for (const key of all)
      if (requirements(after.flags[key]).some((r) => changed.has(r.flag))) changed.add(key);
  }
  return [...changed];
}

/** A flag that may lean on something shared. */
const leans = /"(segment|holdouts|layer)":/;

function shared({ segments, holdouts, layers }: Ruleset): string {
  return JSON.stringify([segments, holdouts, layers]);
}

function requirements(flag: Flag | undefined): NonNullable<Flag['requires']> {
  return flag?.requires ?? [];
}
