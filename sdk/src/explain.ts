import { attribute, compileCondition, type Segments } from './condition.ts';
import type { Reason } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { drawsOf, type Draws } from './draws.ts';
import { compileSegments } from './program.ts';
import { unitReader } from './rule.ts';
import type { Condition, Context, Flag, FlagValue, Rule, Ruleset } from './ruleset.ts';

/** One comparison of a condition with what the context has for it; a segment is one line. */
export type ConditionTrace = {
  readonly attr: string;
  readonly op: string;
  readonly value?: FlagValue;
  readonly got?: FlagValue;
  readonly holds: boolean;
};
/** `why` is a code: on, off, requirementMet, requirementFailed, conditionFalse, fixed, default, notReached, or a draw's. */
export type Step = Draws & {
  readonly kind: 'on' | 'requires' | 'rule' | 'default';
  readonly id: string;
  readonly conditions: readonly ConditionTrace[];
};
export type Explanation = {
  readonly flag: string;
  readonly environment: string;
  readonly version: number;
  readonly value: FlagValue;
  readonly variant: string | null;
  readonly reason: Reason;
  readonly rule: string | null;
  readonly unit: { readonly type: string; readonly id: string | null };
  readonly steps: readonly Step[];
};

/**
 * Why a context gets what it gets, step by step. Value, variant and reason are the evaluator's own; the steps retrace
 * it with every bucket, as far as it went. An unknown flag has no steps.
 * @example explain(ruleset, 'checkout', { userId: 'u1' }).steps[1].split // { hash, bucket, weights, variant: 'b' }
 */
export function explain(ruleset: Ruleset, key: string, context: Context): Explanation {
  const { value, variant = null, reason, rule = null } = evaluate(ruleset, key, context, null);
  const flag = Object.hasOwn(ruleset.flags, key) ? ruleset.flags[key] : undefined;
  const type = flag === undefined ? 'userId' : unitTypeOf(flag, rule);
  return {
    flag: key,
    environment: ruleset.environment,
    version: ruleset.version,
    value,
    variant,
    reason,
    rule,
    unit: { type, id: unitReader(type)(context) || null },
    steps: flag === undefined ? [] : stepsOf(flag, context, ruleset),
  };
}

/** The unit of the rule that decided, else of the first that draws at all. */
function unitTypeOf(flag: Flag, decided: string | null): string {
  const drawing = flag.rules.filter((rule) => 'split' in rule);
  return (drawing.find((rule) => rule.id === decided) ?? drawing[0])?.unit ?? 'userId';
}

function stepsOf(flag: Flag, context: Context, ruleset: Ruleset): Step[] {
  const segments = compileSegments(ruleset);
  const fallback = { ...flag.default, id: 'default' };
  const steps: Step[] = [
    { ...plain('on', 'on'), ...(flag.on ? passed('on') : stopped('off')) },
    ...(flag.requires ?? []).map((one) => requirementStep(one, context, ruleset)),
    ...flag.rules.map((rule) => ruleStep(rule, context, ruleset, segments)),
    {
      ...ruleStep(fallback, context, ruleset, segments),
      kind: 'default',
      outcome: 'served',
      why: 'default',
    },
  ];
  const end = steps.findIndex(({ outcome }) => outcome === 'served' || outcome === 'stopped');
  return steps.map((step, i) => (i > end ? notReached(step) : step));
}

function requirementStep(
  { flag, variants }: NonNullable<Flag['requires']>[number],
  context: Context,
  ruleset: Ruleset,
): Step {
  const { variant } = evaluate(ruleset, flag, context, null);
  const met = variant !== undefined && variants.includes(variant);
  const got = variant === undefined ? {} : { got: variant };
  return {
    ...plain('requires', flag),
    ...(met ? passed('requirementMet') : stopped('requirementFailed')),
    conditions: [{ attr: flag, op: 'in', value: variants, ...got, holds: met }],
  };
}

function ruleStep(rule: Rule, context: Context, ruleset: Ruleset, segments: Segments): Step {
  const conditions = rule.if === undefined ? [] : traceOf(rule.if, context, segments);
  const step = { ...plain('rule', rule.id), conditions };
  if (rule.if !== undefined && !compileCondition(rule.if, segments)(context))
    return { ...step, outcome: 'skipped', why: 'conditionFalse' };
  if ('variant' in rule) return { ...step, outcome: 'served', why: 'fixed' };
  return { ...step, ...drawsOf(rule, context, ruleset) };
}

function traceOf(condition: Condition, context: Context, segments: Segments): ConditionTrace[] {
  if ('all' in condition) return condition.all.flatMap((c) => traceOf(c, context, segments));
  if ('any' in condition) return condition.any.flatMap((c) => traceOf(c, context, segments));
  if ('not' in condition) return traceOf(condition.not, context, segments);
  const holds = compileCondition(condition, segments)(context);
  if ('segment' in condition) return [{ attr: condition.segment, op: 'segment', holds }];
  const got = attribute(condition.attr)(context);
  return [{ ...condition, ...(got === undefined ? {} : { got }), holds }];
}

/** What the evaluation never came to is named, and nothing more said: its draws decided nothing. */
function notReached({ kind, id }: Step): Step {
  return { ...plain(kind, id), outcome: 'notReached', why: 'notReached' };
}
function plain(kind: Step['kind'], id: string): Pick<Step, 'kind' | 'id' | 'conditions'> {
  return { kind, id, conditions: [] };
}
function passed(why: string): Draws {
  return { outcome: 'passed', why };
}
function stopped(why: string): Draws {
  return { outcome: 'stopped', why };
}
