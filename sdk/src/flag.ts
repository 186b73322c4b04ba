import type { Segments } from './condition.ts';
import type { ErrorCode } from './decision.ts';
import {
  compileRule,
  unitMissing,
  type Hold,
  type MakeDecision,
  type Outcome,
  type Step,
} from './rule.ts';
import type { Context, Flag, FlagValue, Ruleset } from './ruleset.ts';

export type CompiledFlag = {
  readonly run: (context: Context, hold: Hold | undefined) => Outcome;
  /** The decision for a forced variant; undefined when the flag has no such variant. */
  readonly force: (variant: string) => Outcome | undefined;
};
export type FlagScope = {
  readonly key: string;
  readonly ruleset: Ruleset;
  readonly segments: Segments;
  /** Decides another flag for the same context. */
  readonly prerequisite: (key: string, context: Context, hold: Hold | undefined) => Outcome;
};

export function failure(error: ErrorCode): Outcome {
  return Object.freeze({ ...unitMissing, reason: 'ERROR', error });
}
/** What is served when a definition cannot be read. */
export const broken: Outcome = failure('GENERAL');

/** Compiles a flag in the order of evaluation: off, prerequisites, rules from the top, default. */
export function compileFlag(scope: FlagScope, flag: Flag): CompiledFlag {
  const decision = decisions(flag);
  const force = (variant: string): Outcome | undefined =>
    Object.hasOwn(flag.variants, variant)
      ? decision(variant, 'OVERRIDE', undefined, undefined)
      : undefined;
  if (!flag.on) {
    const off = decision(flag.off, 'DISABLED', undefined, undefined);
    return { run: () => off, force };
  }
  const served = compileRules(scope, flag, decision);
  return { run: flag.requires?.length ? guard(scope, flag, decision, served) : served, force };
}

/** Makes the flag's decisions: frozen, their values too, because all callers share them. */
function decisions({ variants }: Flag): MakeDecision {
  return (variant, reason, rule, exposure) => {
    if (variant === null) return Object.freeze({ ...unitMissing, reason });
    if (!Object.hasOwn(variants, variant)) return broken;
    const value = deepFreeze(variants[variant]!);
    return Object.freeze({ value, variant, reason, rule, error: undefined, exposure });
  };
}

function deepFreeze(value: FlagValue): FlagValue {
  if (typeof value === 'object' && value !== null)
    Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

function compileRules(scope: FlagScope, flag: Flag, decision: MakeDecision): CompiledFlag['run'] {
  const shared = { ...scope, decision };
  const fixed = flag.rules.some((rule) => rule.if !== undefined) ? 'TARGETING_MATCH' : 'STATIC';
  const steps = flag.rules.map((rule) => compileRule({ ...shared, fixed, split: 'SPLIT' }, rule));
  const otherwise = (reason: 'DEFAULT' | 'TARGETING_KEY_MISSING'): Step =>
    compileRule({ ...shared, fixed: reason, split: reason }, { ...flag.default, id: '' });
  const last = otherwise('DEFAULT');
  const lastWithoutUnit = otherwise('TARGETING_KEY_MISSING');
  return (context, hold) => {
    let missing = false;
    for (let i = 0; i < steps.length; i++) {
      const outcome = steps[i]!(context, hold);
      if (outcome === unitMissing) missing = true;
      else if (outcome !== undefined) return outcome;
    }
    return (missing ? lastWithoutUnit : last)(context, hold) ?? broken;
  };
}

/** Asks the prerequisites before `served`. */
function guard(
  scope: FlagScope,
  { requires = [], off }: Flag,
  decision: MakeDecision,
  served: CompiledFlag['run'],
): CompiledFlag['run'] {
  const failed = decision(off, 'PREREQUISITE_FAILED', undefined, undefined);
  return (context, hold) => {
    for (let i = 0; i < requires.length; i++) {
      const { flag, variants } = requires[i]!;
      const { variant } = scope.prerequisite(flag, context, hold);
      if (variant === undefined || !variants.includes(variant)) return failed;
    }
    return served(context, hold);
  };
}
