import { readRuleset } from './feed.ts';
import type { Store } from './rim.ts';
import type { Ruleset } from './ruleset.ts';

export type Cached = { readonly ruleset: Ruleset; readonly etag: string | undefined };

const keepFor = 30 * 24 * 3_600_000;

/** The last ruleset that an earlier page knew, at most 30 days old. */
export function readCached(
  store: Store | undefined,
  name: string,
  now: number,
): Cached | undefined {
  const [, at, etag, text] = /^(\d+) ([^\n]*)\n(.*)$/s.exec(store?.get(name) ?? '') ?? [];
  if (text === undefined || now - Number(at) > keepFor) return undefined;
  const ruleset = readRuleset(text);
  return ruleset && { ruleset, etag: etag || undefined };
}

export function writeCached(
  store: Store | undefined,
  name: string,
  { ruleset, etag = '' }: Cached,
  now: number,
): void {
  store?.set(name, `${now} ${etag}\n${JSON.stringify(ruleset)}`);
}
