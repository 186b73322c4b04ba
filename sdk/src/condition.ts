import type { Condition, Context, FlagValue, Operator } from './ruleset.ts';
import { tried } from './tried.ts';
import { versionOrder } from './semver.ts';

export type Test = (context: Context) => boolean;
/** Finds a segment's test; a missing segment matches nobody. */
export type Segments = (key: string) => Test;

/** A backtracking engine on a long text is a risk even with patterns that were checked when saved. */
const longestMatch = 1_000;

/**
 * Compiles a condition to a closure, once; the closure allocates nothing for plain operators and never coerces.
 * A missing attribute makes every operator false but `ne`, `nin` and `missing`. What cannot be read matches nobody.
 * @example compileCondition({ attr: 'plan', op: 'eq', value: 'pro' }, segments)({ plan: 'pro' }) // true
 */
export function compileCondition(condition: Condition, segments: Segments): Test {
  if ('attr' in condition) return compileLeaf(condition.attr, condition.op, condition.value);
  if ('segment' in condition) return segments(condition.segment);
  if ('not' in condition) {
    const inner = compileCondition(condition.not, segments);
    return (context) => !inner(context);
  }
  const wanted = 'any' in condition;
  const tests = (wanted ? condition.any : condition.all).map((c) => compileCondition(c, segments));
  return (context) => {
    for (const test of tests) if (test(context) === wanted) return wanted;
    return !wanted;
  };
}

/** Reads an attribute by name or dotted path; a member of that very name goes first. Null counts as missing. */
export function attribute(name: string): (context: Context) => FlagValue | undefined {
  // Names that every object inherits are looked up as own members only.
  if (!name.includes('.') && !(name in {})) return (context) => context[name] ?? undefined;
  const path = name.split('.');
  return (context) => (member(context, name) ?? path.reduce(member, context)) as FlagValue;
}

function member(of: unknown, name: string): unknown {
  return of instanceof Object && Object.hasOwn(of, name)
    ? ((of as Context)[name] ?? undefined)
    : undefined;
}

function compileLeaf(attr: string, op: Operator, value: Value): Test {
  const read = attribute(attr);
  const negative = op === 'ne' || op === 'nin' || op === 'missing';
  const check = compileCheck(op, value);
  return (context) => {
    const got = read(context);
    return got === undefined ? negative : check(got) !== negative;
  };
}

type Check = (got: FlagValue) => boolean;
type Value = FlagValue | undefined;
type Comparable = string | number;

const below = (a: Comparable, b: Comparable): boolean => a < b;
const above = (a: Comparable, b: Comparable): boolean => a > b;
const orders: { readonly [op: string]: typeof below | undefined } = {
  eq: (a, b) => a === b,
  lt: below,
  lte: (a, b) => a <= b,
  gt: above,
  gte: (a, b) => a >= b,
  before: below,
  after: above,
};

function compileCheck(op: Operator, value: Value): Check {
  if (op === 'exists' || op === 'missing') return () => true;
  if (op === 'eq' || op === 'ne') return (got) => got === value;
  if (op === 'in' || op === 'nin') {
    const set = new Set(value as readonly FlagValue[]);
    return (got) => set.has(got);
  }
  const order = orders[op.replace('semver', '').toLowerCase()];
  if (order) {
    // What cannot be compared is NaN, which makes every order false.
    const read = op.startsWith('semver') ? versionOrder : op.length > 3 ? instant : number;
    const than = read(value);
    return (got) => order(read(got), than);
  }
  const holds = typeof value === 'string' && compileText(op, value);
  return (got) => typeof got === 'string' && holds !== false && holds(got);
}

const number = (value: Value): number => (typeof value === 'number' ? value : NaN);

/** Milliseconds since the epoch of a number or an ISO 8601 text; without a zone it is UTC, so that every machine agrees. */
function instant(value: Value): number {
  if (typeof value !== 'string') return number(value);
  const found = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.exec(value);
  return found ? Date.parse(found[1] && !found[2] ? `${value}Z` : value) : NaN;
}

type TextCheck = (got: string) => boolean;

function compileText(op: Operator, value: string): TextCheck {
  if (op === 'contains') return (got) => got.includes(value);
  if (op === 'startsWith' || op === 'endsWith') return (got) => got[op](value);
  return (op === 'matches' && compilePattern(value)) || (() => false);
}

/** RE2 writes flags as a leading `(?i)`; JavaScript takes them apart from the pattern. */
function compilePattern(text: string): TextCheck | undefined {
  const [head = '', flags = ''] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  const regexp = tried(() => new RegExp(text.slice(head.length), `u${flags}`));
  return regexp && ((got) => got.length <= longestMatch && regexp.test(got));
}
