import type { Condition, Context, FlagValue, Ruleset } from '@assay/sdk';
import { compileCondition } from '@assay/sdk/evaluate';
import type { Explanation } from '../contract/looking.ts';

export type ConditionTrace = Explanation['steps'][number]['conditions'][number];

/** Whether a condition holds for a context, by the SDK's own reading. */
export function holds(
  condition: Condition | undefined,
  context: Context,
  ruleset: Ruleset,
): boolean {
  if (condition === undefined) return true;
  const segment = (key: string) => {
    const found = Object.hasOwn(ruleset.segments, key) ? ruleset.segments[key] : undefined;
    return found === undefined ? () => false : compileCondition(found, segment);
  };
  return compileCondition(condition, segment)(context);
}

/** Each comparison of a condition with what the context has for it. A segment is one line: its list may be long, and secret. */
export function traceOf(
  condition: Condition | undefined,
  context: Context,
  ruleset: Ruleset,
): ConditionTrace[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap((c) => traceOf(c, context, ruleset));
  if ('any' in condition) return condition.any.flatMap((c) => traceOf(c, context, ruleset));
  if ('not' in condition) return traceOf(condition.not, context, ruleset);
  const whether = { holds: holds(condition, context, ruleset) };
  if ('segment' in condition) return [{ attr: condition.segment, op: 'segment', ...whether }];
  const { attr, op, value } = condition;
  const got = valueOf(attr, context);
  // JSON has no undefined: what is missing is left out.
  return [JSON.parse(JSON.stringify({ attr, op, value, got, ...whether })) as ConditionTrace];
}

/** An attribute by its name, or by dotted path where no member has that very name. */
export function valueOf(name: string, context: Context): FlagValue | undefined {
  return (
    member(context, name) ??
    name.split('.').reduce<FlagValue | undefined>(member, context as FlagValue)
  );
}

function member(of: unknown, name: string): FlagValue | undefined {
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? ((of as Context)[name] ?? undefined)
    : undefined;
}
