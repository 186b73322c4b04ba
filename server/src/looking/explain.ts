import type { Context, Flag, Rule, Ruleset } from '@assay/sdk';
import { evaluate } from '@assay/sdk/evaluate';
import type { Explanation, Json } from '../contract/index.ts';
import { sentence } from '../definitions/refuse.ts';
import { unknownName } from '../definitions/suggest.ts';
import { AppError } from '../errors.ts';
import { holds, traceOf } from './condition-trace.ts';
import { drawsOf, unitOf } from './draw-trace.ts';

type Step = Explanation['steps'][number];
interface Asked {
  readonly environment: string;
  readonly flag: string;
  readonly context: Context;
}

/**
 * Why a unit gets what it gets, step by step. Value, variant and reason are the SDK's own decision; the steps retrace
 * it, with every bucket, as far as it went. `why` is a code that the console words.
 */
export function explained(
  ruleset: Ruleset | undefined,
  { environment, flag, context }: Asked,
): Explanation {
  const found = ruleset && Object.hasOwn(ruleset.flags, flag) ? ruleset.flags[flag] : undefined;
  if (ruleset === undefined || found === undefined) {
    const known = Object.keys(ruleset?.flags ?? {});
    throw new AppError('not_found', sentence(unknownName('flag', flag, known)));
  }
  const { value, variant, reason, rule } = evaluate(ruleset, flag, context, null);
  const unit = unitTypeOf(found, rule);
  return {
    flag,
    environment,
    version: ruleset.version,
    value: value as Json,
    variant: variant ?? null,
    reason,
    rule: rule ?? null,
    unit: { type: unit, id: unitOf(unit, context) ?? null },
    steps: stepsOf(found, context, ruleset),
  };
}

/** The unit of the rule that decided, else of the first that draws at all. */
function unitTypeOf(flag: Flag, decided: string | undefined): string {
  const drawing = flag.rules.filter((rule) => 'split' in rule);
  return (drawing.find((rule) => rule.id === decided) ?? drawing[0])?.unit ?? 'userId';
}

function stepsOf(flag: Flag, context: Context, ruleset: Ruleset): Step[] {
  const steps: Step[] = [];
  let over = false;
  const add = (step: Step) => {
    steps.push(over ? notReached(step) : step);
    over ||= step.outcome === 'served' || step.outcome === 'stopped';
  };
  add({ ...plain('on', 'on'), ...(flag.on ? passed('on') : stopped('off')) });
  for (const requirement of flag.requires ?? [])
    add(requirementStep(requirement, context, ruleset));
  for (const rule of flag.rules) add(ruleStep(rule, context, ruleset));
  const {
    outcome: _,
    why: __,
    ...drawn
  } = ruleStep({ ...flag.default, id: 'default' }, context, ruleset);
  add({ ...drawn, kind: 'default', outcome: 'served', why: 'default' });
  return steps;
}

function requirementStep(
  { flag, variants }: NonNullable<Flag['requires']>[number],
  context: Context,
  ruleset: Ruleset,
): Step {
  const { variant } = evaluate(ruleset, flag, context, null);
  const met = variant !== undefined && variants.includes(variant);
  const got = variant === undefined ? {} : { got: variant };
  const condition = { attr: flag, op: 'in', value: [...variants], ...got, holds: met };
  return {
    ...plain('requires', flag),
    ...(met ? passed('requirementMet') : stopped('requirementFailed')),
    conditions: [condition],
  };
}

function ruleStep(rule: Rule, context: Context, ruleset: Ruleset): Step {
  const step = { ...plain('rule', rule.id), conditions: traceOf(rule.if, context, ruleset) };
  if (!holds(rule.if, context, ruleset))
    return { ...step, outcome: 'skipped', why: 'conditionFalse' };
  if ('variant' in rule) return { ...step, outcome: 'served', why: 'fixed' };
  return { ...step, ...drawsOf(rule, context, ruleset) };
}

/** What the evaluation never came to is named, and nothing more said: its draws decided nothing. */
function notReached({ kind, id }: Step): Step {
  return { ...plain(kind, id), outcome: 'notReached', why: 'notReached' };
}

function plain(kind: Step['kind'], id: string) {
  return { kind, id, conditions: [] };
}
function passed(why: string) {
  return { outcome: 'passed', why } as const;
}
function stopped(why: string) {
  return { outcome: 'stopped', why } as const;
}
