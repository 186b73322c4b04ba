import { attribute, compileCondition, type Segments, type Test } from './condition.ts';
import type { Decision, Exposure, Reason } from './decision.ts';
import { stateAfter } from './murmur.ts';
import type { Context, FlagValue, Rule, Ruleset, Split } from './ruleset.ts';
import { bounds, bucket, draw, layerSlots, owns, pick, wholeShare } from './split.ts';

/** A decision as it is compiled: no value where the caller's default is to be served. */
export type Outcome = Decision<FlagValue | undefined>;

/** What is held for a session beside the ruleset; it may change while a program runs. */
export type Hold = {
  /** Forced variants by flag, for QA. */
  overrides?: { readonly [flag: string]: string | undefined } | undefined;
  /** What a sticky experiment gave a unit before. */
  kept?: ((experiment: string, unitType: string, unit: string) => Kept | undefined) | undefined;
};
export type Kept = { readonly variant: string; readonly phase: number };

/** One rule: a decision when it serves, undefined when the next one is to be asked. */
export type Step = (context: Context) => Outcome | undefined;

/** Makes a decision of a flag; a null variant stands for the caller's default. */
export type MakeDecision = (
  variant: string | null,
  reason: Reason,
  rule?: string,
  exposure?: Exposure,
) => Outcome;
/** What a rule takes from its flag and program. */
export type RuleScope = {
  readonly key: string;
  readonly ruleset: Ruleset;
  readonly hold: Hold;
  readonly segments: Segments;
  readonly decision: MakeDecision;
};

type SplitRule = Rule & { readonly split: Split; readonly salt: string; readonly unit: string };

/** A step's answer when the unit to be hashed is missing: skip the rule, but remember why. */
export const unitMissing: Outcome = outcome('TARGETING_KEY_MISSING');

export function outcome(reason: Reason, members?: Partial<Outcome>): Outcome {
  return Object.freeze({ reason, value: undefined, ...members });
}

/** Compiles a rule; all that does not depend on the context is done here, once. */
export function compileRule(scope: RuleScope, rule: Rule, fixed: Reason, split: Reason): Step {
  const test = rule.if && compileCondition(rule.if, scope.segments);
  if ('split' in rule) return compileSplit(scope, rule, test, split);
  const served = scope.decision(rule.variant, fixed, rule.id);
  return (context) => (!test || test(context) ? served : undefined);
}

function compileSplit(
  { key, ruleset, hold, decision }: RuleScope,
  rule: SplitRule,
  test: Test | undefined,
  reason: Reason,
): Step {
  const { id, split, salt, unit: unitType, coverage = wholeShare, layer } = rule;
  const { experiment, control, phase = 1, resetSticky = 0 } = rule;
  const readUnit = unitReader(unitType);
  const cumulative = bounds(split);
  const sticky = rule.sticky && experiment;
  const layerSalt = layer && ruleset.layers[layer.key]?.salt;
  // A split without weights is nobody's.
  if (!(cumulative.at(-1)! > 0)) return () => undefined;

  const variantDraw = draw(salt, ':');
  const coverageDraw = draw(salt, '/in:');
  const layerDraw = layerSalt && draw(layerSalt, '/layer:');
  const outside = (rule.holdouts ?? []).flatMap((name) => {
    const holdout = ruleset.holdouts[name];
    return holdout ? { drawn: draw(holdout.salt, '/holdout:'), share: holdout.share } : [];
  });
  const served = split.map(([variant]) => {
    if (!experiment) return decision(variant, reason, id);
    const text = [key, experiment, variant, phase, unitType, ''].join('\n');
    return decision(variant, reason, id, {
      type: 'exposure',
      flag: key,
      experiment,
      variant,
      phase,
      unitType,
      meeting: { unit: readUnit, id: text, hash: stateAfter(text), sticky: Boolean(sticky) },
    });
  });
  const heldOut = control ? decision(control, 'HOLDOUT', id) : undefined;

  return (context) => {
    const matches = !test || test(context);
    if (!matches && !sticky) return undefined;
    const unit = readUnit(context);
    if (!unit) return matches ? unitMissing : undefined;
    const before = sticky ? hold.kept?.(sticky, unitType, unit) : undefined;
    const kept =
      before && before.phase >= resetSticky
        ? served.find(({ variant }) => variant === before.variant)
        : undefined;
    if (!matches && !kept) return undefined;
    for (const { drawn, share } of outside)
      if (bucket(drawn, wholeShare, unit) < share) return heldOut;
    if (kept) return kept;
    // A layer that is not there has no slots.
    if (layer && !(layerDraw && owns(layer.slots, bucket(layerDraw, layerSlots, unit))))
      return undefined;
    return coverage < wholeShare && bucket(coverageDraw, wholeShare, unit) >= coverage
      ? undefined
      : served[pick(variantDraw, cumulative, unit)];
  };
}

/** Reads a unit's id in the form that is hashed; undefined or empty when it is missing or no scalar. */
export function unitReader(name: string): (context: Context) => string | undefined {
  const read = attribute(name);
  return (context) => {
    const id = read(context);
    if (typeof id === 'string') return id;
    const scalar = typeof id === 'boolean' || (typeof id === 'number' && Number.isFinite(id));
    return scalar ? String(id) : undefined;
  };
}
