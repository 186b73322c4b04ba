import { attribute, compileCondition, type Segments, type Test } from './condition.ts';
import type { Decision, Exposure, Reason } from './decision.ts';
import { stateAfter } from './murmur.ts';
import type { Context, FlagValue, Rule, Ruleset, Split } from './ruleset.ts';
import { bounds, bucket, draw, layerSlots, owns, pick, wholeShare } from './split.ts';

/** A decision as it is compiled: no value where the caller's default is to be served. */
export type Outcome = Decision<FlagValue | undefined>;

/** What is held for a unit or a session beside the ruleset. */
export type Hold = {
  /** Forced variants by flag, for QA. */
  readonly overrides: ReadonlyMap<string, string> | undefined;
  /** The variant and phase that a sticky experiment gave this unit before. */
  readonly kept:
    ((experiment: string, unitType: string, unit: string) => Kept | undefined) | undefined;
};
export type Kept = { readonly variant: string; readonly phase: number };

/** One rule: a decision when it serves, undefined when the next one is to be asked. */
export type Step = (context: Context, hold: Hold | undefined) => Outcome | undefined;

/** Makes a decision of a flag; a null variant stands for the caller's default. */
export type MakeDecision = (
  variant: string | null,
  reason: Reason,
  rule: string | undefined,
  exposure: Exposure | undefined,
) => Outcome;
/** What a rule takes from its flag and ruleset. */
export type RuleScope = {
  readonly key: string;
  readonly ruleset: Ruleset;
  readonly segments: Segments;
  readonly decision: MakeDecision;
  /** The reason when the rule serves one fixed variant. */
  readonly fixed: Reason;
  /** The reason when it splits. */
  readonly split: Reason;
};

/** A step's answer when the unit to be hashed is missing: skip the rule, but remember why. */
export const unitMissing: Outcome = Object.freeze({
  value: undefined,
  variant: undefined,
  reason: 'TARGETING_KEY_MISSING',
  rule: undefined,
  error: undefined,
  exposure: undefined,
});

type SplitRule = Rule & { readonly split: Split; readonly salt: string; readonly unit: string };

/** Compiles a rule; all that does not depend on the context is done here, once. An empty id is a default's. */
export function compileRule(scope: RuleScope, rule: Rule): Step {
  const test = rule.if && compileCondition(rule.if, scope.segments);
  if ('split' in rule) return compileSplit(scope, rule, test);
  const served = scope.decision(rule.variant, scope.fixed, rule.id || undefined, undefined);
  return test === undefined ? () => served : (context) => (test(context) ? served : undefined);
}

function compileSplit(scope: RuleScope, rule: SplitRule, test: Test | undefined): Step {
  const { experiment, control: controlKey } = rule;
  const id = rule.id || undefined;
  const read = unitReader(rule.unit);
  const state = draw(rule.salt, 'variant');
  const cumulative = bounds(rule.split);
  if (!(cumulative.at(-1)! > 0)) return () => undefined;
  const served = rule.split.map(([variant]) =>
    scope.decision(variant, scope.split, id, exposure(scope.key, rule, variant, read)),
  );
  const control =
    controlKey === undefined ? undefined : scope.decision(controlKey, 'HOLDOUT', id, undefined);
  const heldOut = compileHoldouts(scope.ruleset, rule);
  const enrolled = compileEnrolment(scope.ruleset, rule);
  const kept =
    rule.sticky === true && experiment !== undefined ? keeper(rule, experiment) : undefined;

  return (context, hold) => {
    const matches = test === undefined || test(context);
    if (!matches && kept === undefined) return undefined;
    const unit = read(context);
    if (unit === undefined) return matches ? unitMissing : undefined;
    const before = kept === undefined ? -1 : kept(hold, unit);
    if (!matches && before < 0) return undefined;
    if (heldOut !== undefined && heldOut(unit)) return control;
    if (before >= 0) return served[before];
    if (enrolled !== undefined && !enrolled(unit)) return undefined;
    return served[pick(state, cumulative, unit)];
  };
}

type UnitReader = (context: Context) => string | undefined;

/** Reads a unit's id in the form that is hashed; undefined when it is missing, empty or no scalar. */
export function unitReader(name: string): UnitReader {
  const read = attribute(name);
  return (context) => {
    const id = read(context);
    if (typeof id === 'string') return id === '' ? undefined : id;
    if (typeof id === 'number') return Number.isFinite(id) ? String(id) : undefined;
    return typeof id === 'boolean' ? String(id) : undefined;
  };
}

function exposure(
  flag: string,
  rule: SplitRule,
  variant: string,
  unit: UnitReader,
): Exposure | undefined {
  const { experiment, phase = 1, unit: unitType, sticky = false } = rule;
  if (experiment === undefined) return undefined;
  const mark = stateAfter(`${experiment}/${phase}/${variant}:`);
  return Object.freeze({ flag, experiment, variant, phase, unitType, sticky, unit, mark });
}

function compileHoldouts(
  { holdouts }: Ruleset,
  rule: SplitRule,
): ((unit: string) => boolean) | undefined {
  const draws = (rule.holdouts ?? [])
    .filter((key) => Object.hasOwn(holdouts, key))
    .map((key) => ({ state: draw(holdouts[key]!.salt, 'holdout'), share: holdouts[key]!.share }));
  if (draws.length === 0) return undefined;
  return (unit) => {
    for (const one of draws) if (bucket(one.state, wholeShare, unit) < one.share) return true;
    return false;
  };
}

/** Layer slot and coverage; undefined when everybody is enrolled. A layer that is not there has no slots. */
function compileEnrolment(
  { layers }: Ruleset,
  { salt, layer, coverage = wholeShare }: SplitRule,
): ((unit: string) => boolean) | undefined {
  const covered = draw(salt, 'coverage');
  if (layer === undefined)
    return coverage >= wholeShare
      ? undefined
      : (unit) => bucket(covered, wholeShare, unit) < coverage;
  if (!Object.hasOwn(layers, layer.key)) return () => false;
  const slot = draw(layers[layer.key]!.salt, 'layer');
  return (unit) =>
    owns(layer.slots, bucket(slot, layerSlots, unit)) &&
    (coverage >= wholeShare || bucket(covered, wholeShare, unit) < coverage);
}

/** Finds the place in the split of a variant given before, -1 when there is none or it was reset since. */
function keeper(
  rule: SplitRule,
  experiment: string,
): (hold: Hold | undefined, unit: string) => number {
  return (hold, unit) => {
    const before = hold?.kept?.(experiment, rule.unit, unit);
    return before === undefined || before.phase < (rule.resetSticky ?? 0)
      ? -1
      : rule.split.findIndex(([variant]) => variant === before.variant);
  };
}
