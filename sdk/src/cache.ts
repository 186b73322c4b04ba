import type { Store } from './rim.ts';
import type { Ruleset } from './ruleset.ts';
import { tried } from './tried.ts';

const keepFor = 30 * 24 * 3_600_000;

/** Reads a ruleset of the schema that this SDK understands. */
export function readRuleset(text: string): Ruleset | undefined {
  return check(tried(() => JSON.parse(text) as unknown));
}
function check(value: unknown): Ruleset | undefined {
  const { schema, flags } = Object(value) as { schema?: unknown; flags?: unknown };
  return schema === 1 && flags instanceof Object ? (value as Ruleset) : undefined;
}

/** The last ruleset that an earlier page knew, at most 30 days old. */
export function readCached(store: Store, name: string, now: number): Ruleset | undefined {
  const cached = tried(() => JSON.parse(store.get(name)!) as unknown);
  const { at, ruleset } = Object(cached) as { at: number; ruleset: unknown };
  return now - at < keepFor ? check(ruleset) : undefined;
}
