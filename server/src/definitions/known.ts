import type { Definition, Kind } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { nameOf } from './kind-rules.ts';
import type { Definitions } from './lookup.ts';
import { unknownName } from './suggest.ts';

/** A definition that may be referred to, or the finding that says why not. */
export function known<K extends Kind>(
  now: Definitions,
  kind: K,
  key: string,
  path: string,
): { found: Definition<K>; findings: [] } | { found: undefined; findings: [Finding] } {
  const found = now.get(kind, key);
  if (found !== undefined && !found.archived) return { found, findings: [] };
  const message =
    found === undefined
      ? unknownName(
          nameOf[kind],
          key,
          now.list(kind).map((d) => d.key),
        )
      : `The ${nameOf[kind]} "${key}" is archived`;
  return { found: undefined, findings: [{ path, message }] };
}

/** Later repeats in a list of keys, with the index of each. */
export function repeats(
  keys: readonly string[],
): { readonly index: number; readonly key: string }[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    if (seen.has(key)) return [{ index, key }];
    seen.add(key);
    return [];
  });
}
