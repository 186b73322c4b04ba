import type { Segments } from './condition.ts';
import type { ErrorCode } from './decision.ts';
import {
  compileRule,
  outcome,
  unitMissing,
  type Hold,
  type MakeDecision,
  type Outcome,
} from './rule.ts';
import type { Context, Flag, FlagValue, Rule, Ruleset } from './ruleset.ts';

type Run = (context: Context, hold: Hold | undefined) => Outcome;
export type CompiledFlag = {
  readonly run: Run;
  /** The decision for a forced variant; undefined when the flag has no such variant. */
  readonly force?: (variant: string) => Outcome | undefined;
};
export type FlagScope = {
  readonly key: string;
  readonly ruleset: Ruleset;
  readonly segments: Segments;
  /** Decides another flag for the same context. */
  readonly prerequisite: (key: string, context: Context, hold: Hold | undefined) => Outcome;
};

export function failure(error: ErrorCode): Outcome {
  return outcome('ERROR', { error });
}
/** What is served when a definition cannot be read. */
export const broken: Outcome = failure('GENERAL');

/** Compiles a flag in the order of evaluation: off, prerequisites, rules from the top, default. */
export function compileFlag(scope: FlagScope, flag: Flag): CompiledFlag {
  const { on, off, variants, rules, requires = [] } = flag;
  const has = (variant: string): boolean => Object.hasOwn(variants, variant);
  // Decisions are frozen, their values too, because all callers share them.
  const decision: MakeDecision = (variant, reason, rule, exposure) => {
    if (variant === null) return outcome(reason);
    if (!has(variant)) return broken;
    return outcome(reason, { value: deepFreeze(variants[variant]!), variant, rule, exposure });
  };
  const force = (variant: string): Outcome | undefined =>
    has(variant) ? decision(variant, 'OVERRIDE') : undefined;
  if (!on) {
    const disabled = decision(off, 'DISABLED');
    return { run: () => disabled, force };
  }

  const failed = decision(off, 'PREREQUISITE_FAILED');
  const fixed = rules.some((rule) => rule.if) ? 'TARGETING_MATCH' : 'STATIC';
  const shared = { ...scope, decision };
  const steps = rules.map((rule) => compileRule({ ...shared, reasons: [fixed, 'SPLIT'] }, rule));
  const [last, lastWithoutUnit] = (['DEFAULT', 'TARGETING_KEY_MISSING'] as const).map((reason) =>
    compileRule({ ...shared, reasons: [reason, reason] }, flag.default as Rule),
  );
  const run: Run = (context, hold) => {
    for (const { flag: key, variants: wanted } of requires) {
      const { variant } = scope.prerequisite(key, context, hold);
      if (variant === undefined || !wanted.includes(variant)) return failed;
    }
    let missing = false;
    for (const step of steps) {
      const decided = step(context, hold);
      if (decided === unitMissing) missing = true;
      else if (decided) return decided;
    }
    return (missing ? lastWithoutUnit : last)!(context, hold) ?? broken;
  };
  return { run, force };
}

function deepFreeze(value: FlagValue): FlagValue {
  if (Object(value) === value) Object.values(Object.freeze(value) as object).forEach(deepFreeze);
  return value;
}
