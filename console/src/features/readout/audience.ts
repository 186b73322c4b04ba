import type { Experiment } from '@assay/server/contract';

type Condition = Experiment['audience'];
const signs: Record<string, string> = {
  eq: '=',
  ne: '≠',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  in: '∈',
  nin: '∉',
  semverEq: '=',
  semverLt: '<',
  semverLte: '≤',
  semverGt: '>',
  semverGte: '≥',
  matches: '~',
};

/** An audience in one short line, the same in every language: `country ∈ CN, SG & signed_in = true`. */
export function audienceText(condition: Condition): string {
  return condition === undefined ? '' : said(condition, false);
}

function said(condition: NonNullable<Condition>, inside: boolean): string {
  if ('all' in condition) return joined(condition.all, ' & ', inside);
  if ('any' in condition) return joined(condition.any, ' | ', inside);
  if ('not' in condition) return `¬(${said(condition.not, false)})`;
  if ('segment' in condition) return condition.segment;
  const { attr, op } = condition;
  if (op === 'exists' || op === 'missing') return `${attr} ${op === 'exists' ? '∃' : '∄'}`;
  const { value } = condition;
  const list = Array.isArray(value) ? value : [value];
  const shown = list.slice(0, 4).join(', ');
  const more = list.length > 4 ? ` +${list.length - 4}` : '';
  return `${attr} ${signs[op] ?? op} ${shown}${more}`;
}
function joined(list: readonly NonNullable<Condition>[], by: string, inside: boolean): string {
  const text = list.map((one) => said(one, true)).join(by);
  return inside && list.length > 1 ? `(${text})` : text;
}
