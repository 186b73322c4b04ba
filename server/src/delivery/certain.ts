import type { Condition } from '@assay/sdk';
import type { Definitions } from '../definitions/lookup.ts';

/** A condition that may have turned out to hold for everybody, or for nobody. */
export type Folded = Condition | boolean;

/**
 * What of a condition is certain without the lists of units, which never leave the server: it holds for those for whom
 * the whole condition surely holds, so a rule is never served to somebody whom the list might exclude.
 */
export function certain(condition: Condition, now: Definitions): Folded {
  return fold(condition, now, false);
}

/** The segment's own condition where it needs no list, directly or through other segments. */
export function isListed(segment: string, now: Definitions): boolean {
  const found = now.segment(segment);
  if (found === undefined || found.archived) return false;
  return found.units !== undefined || (found.if !== undefined && names(found.if, now));
}

function names(condition: Condition, now: Definitions): boolean {
  if ('all' in condition) return condition.all.some((c) => names(c, now));
  if ('any' in condition) return condition.any.some((c) => names(c, now));
  if ('not' in condition) return names(condition.not, now);
  return 'segment' in condition && isListed(condition.segment, now);
}

/** `unknown`: what to take for a list that is not known, no for "surely", yes for "perhaps". */
function fold(condition: Condition, now: Definitions, unknown: boolean): Folded {
  if ('not' in condition) return negated(fold(condition.not, now, !unknown));
  if ('all' in condition)
    return joined(
      'all',
      condition.all.map((c) => fold(c, now, unknown)),
    );
  if ('any' in condition)
    return joined(
      'any',
      condition.any.map((c) => fold(c, now, unknown)),
    );
  if (!('segment' in condition) || !isListed(condition.segment, now)) return condition;
  const inner = now.segment(condition.segment)?.if;
  return inner === undefined ? unknown : fold(inner, now, unknown);
}

function negated(folded: Folded): Folded {
  return typeof folded === 'boolean' ? !folded : { not: folded };
}

function joined(how: 'all' | 'any', parts: readonly Folded[]): Folded {
  const decides = how === 'any';
  if (parts.includes(decides)) return decides;
  const open = parts.filter((part): part is Condition => typeof part !== 'boolean');
  const [first] = open;
  if (first === undefined) return !decides;
  if (open.length === 1) return first;
  return how === 'all' ? { all: open } : { any: open };
}
