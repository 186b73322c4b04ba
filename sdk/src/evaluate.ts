import type { Decision } from './decision.ts';
import { broken, failure } from './flag.ts';
import { compile, type Program } from './program.ts';
import type { Outcome } from './rule.ts';
import { tried } from './tried.ts';
import type { Context, FlagValue, Ruleset } from './ruleset.ts';

export type { Decision, ErrorCode, Exposure, Reason } from './decision.ts';
export { compileCondition, type Segments, type Test } from './condition.ts';
export type * from './ruleset.ts';

/**
 * Decides what a flag serves to a context. Pure, total and synchronous: the same ruleset, key and context give the
 * same decision everywhere, and nothing is thrown. A `null` fallback accepts a value of any type.
 * @example evaluate(ruleset, 'checkout', { userId: 'u1' }, 'classic').value // 'one-page'
 */
export function evaluate(
  ruleset: Ruleset,
  key: string,
  context: Context,
  fallback: FlagValue,
): Decision {
  return settle(programOf(ruleset).decide(key, context), fallback);
}

const mismatch = failure('TYPE_MISMATCH');

/** Puts the caller's default where there is no value, or one of another type. */
export function settle(outcome: Outcome, fallback: FlagValue): Decision {
  if (outcome.value === undefined) return { ...outcome, value: fallback };
  return fits(outcome.value, fallback) ? (outcome as Decision) : { ...mismatch, value: fallback };
}

/** Whether a value may stand where the caller expects one like `fallback`. */
export function fits(value: FlagValue, fallback: FlagValue): boolean {
  return (fallback ?? null) === null || kind(value) === kind(fallback);
}
function kind(value: FlagValue): string | null {
  if (typeof value !== 'object') return typeof value;
  return Array.isArray(value) ? 'list' : value && 'object';
}

const programs = new WeakMap<Ruleset, Program>();
let last: Program | undefined;

/** The compiled form of a ruleset, kept as long as the ruleset. */
export function programOf(ruleset: Ruleset): Program {
  if (last !== undefined && last.ruleset === ruleset) return last;
  let program = programs.get(ruleset);
  if (program === undefined) {
    program = tried(() => compile(ruleset, {})) ?? {
      ruleset,
      keys: [],
      decide: () => broken,
      all: () => ({}),
    };
    // What is no object cannot be a weak key, nor a ruleset.
    if (Object(ruleset) === ruleset) programs.set(ruleset, program);
  }
  last = program;
  return program;
}
