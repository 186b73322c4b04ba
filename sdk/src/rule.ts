import { attribute, compileCondition, type Segments, type Test } from './condition.ts';
import type { Decision, Exposure, Reason } from './decision.ts';
import { stateAfter } from './murmur.ts';
import type { Context, FlagValue, Rule, Ruleset, Split } from './ruleset.ts';
import {
  bounds,
  bucket,
  drawCoverage,
  drawHoldout,
  drawLayer,
  drawVariant,
  layerSlots,
  owns,
  pick,
  wholeShare,
} from './split.ts';

/** A decision as it is compiled: no value where the caller's default is to be served. */
export type Outcome = Decision<FlagValue | undefined>;

/** What is held for a session beside the ruleset. */
export type Hold = {
  /** Forced variants by flag, for QA. */
  readonly overrides?: ReadonlyMap<string, string> | undefined;
  /** The variant and phase that a sticky experiment gave this unit before. */
  readonly kept?:
    ((experiment: string, unitType: string, unit: string) => Kept | undefined) | undefined;
};
export type Kept = { readonly variant: string; readonly phase: number };

/** One rule: a decision when it serves, undefined when the next one is to be asked. */
export type Step = (context: Context, hold: Hold | undefined) => Outcome | undefined;

/** Makes a decision of a flag; a null variant stands for the caller's default. */
export type MakeDecision = (
  variant: string | null,
  reason: Reason,
  rule?: string,
  exposure?: Exposure,
) => Outcome;
/** What a rule takes from its flag and ruleset. */
export type RuleScope = {
  readonly key: string;
  readonly ruleset: Ruleset;
  readonly segments: Segments;
  readonly decision: MakeDecision;
  /** The reasons when the rule serves one fixed variant, and when it splits. */
  readonly reasons: readonly [fixed: Reason, split: Reason];
};

type SplitRule = Rule & { readonly split: Split; readonly salt: string; readonly unit: string };
type UnitReader = (context: Context) => string | undefined;

/** A step's answer when the unit to be hashed is missing: skip the rule, but remember why. */
export const unitMissing: Outcome = outcome('TARGETING_KEY_MISSING');
const always: Test = () => true;

export function outcome(reason: Reason, members?: Partial<Outcome>): Outcome {
  return Object.freeze({
    value: undefined,
    variant: undefined,
    reason,
    rule: undefined,
    error: undefined,
    exposure: undefined,
    ...members,
  });
}

/** Compiles a rule; all that does not depend on the context is done here, once. */
export function compileRule(scope: RuleScope, rule: Rule): Step {
  const test = rule.if ? compileCondition(rule.if, scope.segments) : always;
  if ('split' in rule) return compileSplit(scope, rule, test);
  const served = scope.decision(rule.variant, scope.reasons[0], rule.id);
  return (context) => (test(context) ? served : undefined);
}

function compileSplit(
  { key, ruleset, decision, reasons }: RuleScope,
  rule: SplitRule,
  test: Test,
): Step {
  const { id, split, salt, unit: unitType, coverage = wholeShare, layer } = rule;
  const { experiment, control, phase = 1, holdouts = [], resetSticky = 0 } = rule;
  const sticky = rule.sticky === true && experiment !== undefined;
  const readUnit = unitReader(unitType);
  const cumulative = bounds(split);
  const inLayer = layer && ruleset.layers[layer.key];
  // Nobody's: a split without weights, a layer that is not there.
  if (!(cumulative.at(-1)! > 0) || (layer && !inLayer)) return () => undefined;

  const variantDraw = drawVariant(salt);
  const coverageDraw = drawCoverage(salt);
  const layerDraw = inLayer && drawLayer(inLayer.salt);
  const outside = holdouts
    .map((name) => ruleset.holdouts[name])
    .filter((holdout) => holdout !== undefined)
    .map((holdout) => ({ draw: drawHoldout(holdout.salt), share: holdout.share }));
  const exposure = (variant: string): Exposure | undefined => {
    if (experiment === undefined) return undefined;
    const text = [key, experiment, phase, variant, unitType, ''].join('\n');
    const mark = stateAfter(text);
    return {
      id: text,
      mark,
      flag: key,
      experiment,
      variant,
      phase,
      unitType,
      sticky,
      unit: readUnit,
    };
  };
  const served = split.map(([variant]) => decision(variant, reasons[1], id, exposure(variant)));
  const heldOut = control === undefined ? undefined : decision(control, 'HOLDOUT', id);

  /** The place in the split of the variant given before; -1 when there is none, or it was forgotten since. */
  function before(hold: Hold | undefined, unit: string): number {
    const kept = hold?.kept?.(experiment!, unitType, unit);
    return kept && kept.phase >= resetSticky
      ? split.findIndex(([variant]) => variant === kept.variant)
      : -1;
  }
  return (context, hold) => {
    const matches = test(context);
    if (!matches && !sticky) return undefined;
    const unit = readUnit(context);
    if (unit === undefined) return matches ? unitMissing : undefined;
    const given = sticky ? before(hold, unit) : -1;
    if (!matches && given < 0) return undefined;
    for (const { draw, share } of outside)
      if (bucket(draw, wholeShare, unit) < share) return heldOut;
    if (given >= 0) return served[given];
    if (layerDraw && !owns(layer.slots, bucket(layerDraw, layerSlots, unit))) return undefined;
    if (coverage < wholeShare && bucket(coverageDraw, wholeShare, unit) >= coverage)
      return undefined;
    return served[pick(variantDraw, cumulative, unit)];
  };
}

/** Reads a unit's id in the form that is hashed; undefined when it is missing, empty or no scalar. */
export function unitReader(name: string): UnitReader {
  const read = attribute(name);
  return (context) => {
    const id = read(context);
    if (typeof id === 'string') return id || undefined;
    const scalar = typeof id === 'boolean' || (typeof id === 'number' && Number.isFinite(id));
    return scalar ? String(id) : undefined;
  };
}
