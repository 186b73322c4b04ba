import type { ErrorCode } from './decision.ts';
import {
  compileRule,
  outcome,
  unitMissing,
  type MakeDecision,
  type Outcome,
  type RuleScope,
} from './rule.ts';
import type { Context, Flag, FlagValue, Rule } from './ruleset.ts';

export type CompiledFlag = (context: Context) => Outcome;
export type FlagScope = Omit<RuleScope, 'decision'> & {
  /** Decides another flag for the same context. */
  readonly prerequisite: (key: string, context: Context) => Outcome;
};

export function failure(error: ErrorCode): Outcome {
  return outcome('ERROR', { error });
}
/** What is served when a definition cannot be read. */
export const broken: Outcome = failure('GENERAL');

/** Compiles a flag in the order of evaluation: off, prerequisites, rules from the top, default. */
export function compileFlag(scope: FlagScope, flag: Flag): CompiledFlag {
  const { on, off, rules, requires = [] } = flag;
  const decision = decisionsOf(flag);
  const disabled = decision(off, 'DISABLED');
  if (!on) return () => disabled;

  const failed = decision(off, 'PREREQUISITE_FAILED');
  const shared = { ...scope, decision };
  const fixed = rules.some((rule) => rule.if) ? 'TARGETING_MATCH' : 'STATIC';
  const steps = rules.map((rule) => compileRule(shared, rule, fixed, 'SPLIT'));
  const [last, lastWithoutUnit] = (['DEFAULT', 'TARGETING_KEY_MISSING'] as const).map((reason) =>
    compileRule(shared, flag.default as Rule, reason, reason),
  );
  return (context) => {
    for (const { flag: key, variants } of requires) {
      const { variant } = scope.prerequisite(key, context);
      if (!variant || !variants.includes(variant)) return failed;
    }
    let missing = false;
    for (const step of steps) {
      const decided = step(context);
      if (decided === unitMissing) missing = true;
      else if (decided) return decided;
    }
    return (missing ? lastWithoutUnit : last)!(context) ?? broken;
  };
}

/** Makes the flag's decisions: frozen, their values too, because all callers share them. */
export function decisionsOf({ variants }: Flag): MakeDecision {
  return (variant, reason, rule, exposure) => {
    if (variant === null) return outcome(reason);
    if (!Object.hasOwn(variants, variant)) return broken;
    return outcome(reason, { value: deepFreeze(variants[variant]!), variant, rule, exposure });
  };
}

function deepFreeze(value: FlagValue): FlagValue {
  if (value instanceof Object) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}
