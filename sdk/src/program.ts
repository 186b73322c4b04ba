import { compileCondition, type Segments, type Test } from './condition.ts';
import { broken, compileFlag, decisionsOf, failure, type CompiledFlag } from './flag.ts';
import type { Hold, Outcome } from './rule.ts';
import type { Context, FlagValue, Ruleset } from './ruleset.ts';
import { tried } from './tried.ts';

/** A ruleset ready to decide; flags and segments are compiled when first asked for. */
export type Program = {
  readonly ruleset?: Ruleset;
  readonly keys: readonly string[];
  /** Never throws. Once the flag is compiled nothing is allocated, but for sticky rules and units that are no strings. */
  readonly decide: (key: string, context: Context) => Outcome;
  /** Every flag's value; one that has none is left out. */
  readonly all: (context: Context) => Values;
};
export type Values = { [key: string]: FlagValue };

/** Prerequisites evaluated for one flag; more means a cycle, which the server refuses to save. */
const mostPrerequisites = 1_000;
const notFound = failure('FLAG_NOT_FOUND');

export function compile(ruleset: Ruleset, hold: Hold): Program {
  const flags = new Map<string, CompiledFlag>();
  const segments = compileSegments(ruleset);
  let visited = 0;

  function run(key: string, context: Context): Outcome {
    const forced = hold.overrides && force(key, hold.overrides[key]);
    return forced ?? (flags.get(key) ?? load(key))(context);
  }
  function force(key: string, variant: string | undefined): Outcome | undefined {
    const flag = variant && Object.hasOwn(ruleset.flags, key) && ruleset.flags[key];
    return flag && Object.hasOwn(flag.variants, variant)
      ? decisionsOf(flag)(variant, 'OVERRIDE')
      : undefined;
  }
  function load(key: string): CompiledFlag {
    if (!Object.hasOwn(ruleset.flags, key)) return () => notFound;
    const scope = { key, ruleset, hold, segments, prerequisite };
    // A definition that cannot be read serves the caller's default, and is not read again.
    const flag = tried(() => compileFlag(scope, ruleset.flags[key]!)) ?? (() => broken);
    flags.set(key, flag);
    return flag;
  }
  function prerequisite(key: string, context: Context): Outcome {
    if (++visited > mostPrerequisites) throw new RangeError(key);
    return run(key, context);
  }
  function decide(key: string, context: Context): Outcome {
    visited = 0;
    try {
      return run(key, context);
    } catch {
      return broken;
    }
  }
  const keys = Object.keys(ruleset.flags);
  let shape: Values | undefined;
  function all(context: Context): Values {
    // To clone an object and fill it is quicker than to grow one.
    shape ??= JSON.parse(JSON.stringify(ruleset.flags, keys)) as Values;
    const values = { ...shape };
    for (const key of keys) {
      const { value } = decide(key, context);
      if (value === undefined) delete values[key];
      else values[key] = value;
    }
    return values;
  }
  return { ruleset, keys, decide, all };
}

/** A segment that contains itself is read as long as the stack lasts, and then not at all. */
export function compileSegments({ segments }: Ruleset): Segments {
  const tests = new Map<string, Test>();
  return function find(key) {
    let test = tests.get(key);
    if (!test) {
      test = Object.hasOwn(segments, key) ? compileCondition(segments[key]!, find) : () => false;
      tests.set(key, test);
    }
    return test;
  };
}
