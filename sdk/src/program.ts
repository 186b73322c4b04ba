import { compileCondition, type Segments, type Test } from './condition.ts';
import { broken, compileFlag, failure, type CompiledFlag } from './flag.ts';
import type { Hold, Outcome } from './rule.ts';
import type { Context, Ruleset } from './ruleset.ts';

/** A ruleset ready to decide; flags and segments are compiled when first asked for. */
export type Program = {
  readonly ruleset: Ruleset;
  readonly keys: readonly string[];
  /** Never throws. Once the flag is compiled nothing is allocated, but for sticky rules and units that are no strings. */
  readonly decide: (key: string, context: Context, hold?: Hold) => Outcome;
};

/** Prerequisites evaluated for one flag; more means a cycle, which the server refuses to save. */
const mostPrerequisites = 1_000;
const notFound = failure('FLAG_NOT_FOUND');

export function compile(ruleset: Ruleset): Program {
  const flags = new Map<string, CompiledFlag>();
  const segments = compileSegments(ruleset);
  let visited = 0;

  function run(key: string, context: Context, hold: Hold | undefined): Outcome {
    const flag = flags.get(key) ?? load(key);
    if (!flag) return notFound;
    const forced = hold?.overrides?.get(key);
    return (forced && flag.force?.(forced)) || flag.run(context, hold);
  }
  function load(key: string): CompiledFlag | undefined {
    if (!Object.hasOwn(ruleset.flags, key)) return undefined;
    let flag: CompiledFlag = { run: () => broken };
    try {
      flag = compileFlag({ key, ruleset, segments, prerequisite }, ruleset.flags[key]!);
    } catch {
      // A definition that cannot be read serves the caller's default, and is not read again.
    }
    flags.set(key, flag);
    return flag;
  }
  function prerequisite(key: string, context: Context, hold: Hold | undefined): Outcome {
    if (++visited > mostPrerequisites) throw new RangeError(key);
    return run(key, context, hold);
  }
  return {
    ruleset,
    keys: Object.keys(ruleset.flags),
    decide(key, context, hold) {
      visited = 0;
      try {
        return run(key, context, hold);
      } catch {
        return broken;
      }
    },
  };
}

/** A segment that contains itself is read as long as the stack lasts, and then not at all. */
function compileSegments({ segments }: Ruleset): Segments {
  const tests = new Map<string, Test>();
  const find: Segments = (key) => {
    let test = tests.get(key);
    if (!test) {
      test = Object.hasOwn(segments, key) ? compileCondition(segments[key]!, find) : () => false;
      tests.set(key, test);
    }
    return test;
  };
  return find;
}
