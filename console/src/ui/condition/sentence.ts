import type { Condition, FlagValue } from '@assay/sdk';
import type { condition as words } from '../../locales/en/condition.ts';

type Words = typeof words;

/** A condition as one plain sentence: `country is one of CN, SG and plan is pro`. */
export function sentence(condition: Condition | undefined, t: Words): string {
  return condition === undefined ? t.everybody : part(condition, t, false);
}

function part(condition: Condition, t: Words, inside: boolean): string {
  if ('not' in condition) return t.not(part(condition.not, t, true));
  if ('segment' in condition) return t.inSegment(condition.segment);
  if ('all' in condition)
    return joined(condition.all, t, { word: t.and, none: t.everybody, inside });
  if ('any' in condition) return joined(condition.any, t, { word: t.or, none: t.nobody, inside });
  const { attr, op, value } = condition;
  return t.test(attr, t.ops[op], op === 'exists' || op === 'missing' ? '' : shown(value, t));
}

type Join = { word: string; none: string; inside: boolean };
function joined(parts: readonly Condition[], t: Words, { word, none, inside }: Join): string {
  if (parts.length === 0) return none;
  const text = parts.map((each) => part(each, t, parts.length > 1)).join(word);
  return inside && parts.length > 1 ? t.group(text) : text;
}

const shownItems = 4;
function shown(value: FlagValue | undefined, t: Words): string {
  if (!isList(value)) return one(value);
  const items = value;
  const listed = items
    .slice(0, shownItems)
    .map((item) => one(item))
    .join(t.comma);
  return items.length > shownItems ? t.andMore(listed, items.length - shownItems) : listed;
}
const isList = (value: FlagValue | undefined): value is readonly FlagValue[] =>
  Array.isArray(value);
function one(value: FlagValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
