import type { Condition, Context, FlagValue, Operator } from './ruleset.ts';
import { compareVersions, readVersion } from './semver.ts';

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
  if (tests.length === 1) return tests[0]!;
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
  return typeof of === 'object' && of !== null && Object.hasOwn(of, name)
    ? ((of as Context)[name] ?? undefined)
    : undefined;
}

function compileLeaf(attr: string, op: Operator, value: FlagValue | undefined): Test {
  const read = attribute(attr);
  if (op === 'missing') return (context) => read(context) === undefined;
  if (op === 'exists') return (context) => read(context) !== undefined;
  const negative = op === 'ne' || op === 'nin';
  const check = compileCheck(op, value);
  return (context) => {
    const got = read(context);
    return got === undefined ? negative : check(got) !== negative;
  };
}

type Check = (got: FlagValue) => boolean;
type Value = FlagValue | undefined;
const no: Check = () => false;

function compileCheck(op: Operator, value: Value): Check {
  const version = op.startsWith('semver');
  const order = orders[version ? op.slice(6).toLowerCase() : op];
  if (order && op !== 'eq') {
    const compare = version
      ? versions(value)
      : op === 'before' || op === 'after'
        ? instants(value)
        : numbers(value);
    return (got) => order(compare(got));
  }
  if (op === 'eq' || op === 'ne') return (got) => got === value;
  if (op === 'in' || op === 'nin') return oneOf(value as readonly FlagValue[]);
  if (typeof value !== 'string') return no;
  const holds = op === 'matches' ? pattern(value) : textual(op, value);
  return (got) => typeof got === 'string' && holds(got);
}

/** What an order asks of a comparison: negative, 0 or positive; NaN when the two cannot be compared. */
const orders: { readonly [op: string]: ((order: number) => boolean) | undefined } = {
  eq: (order) => order === 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  before: (order) => order < 0,
  after: (order) => order > 0,
};
type Compare = (got: FlagValue) => number;

function numbers(value: Value): Compare {
  return (got) => (typeof got === 'number' && typeof value === 'number' ? got - value : NaN);
}
function versions(value: Value): Compare {
  const than = readVersion(value);
  return (got) => compareVersions(readVersion(got), than);
}
function instants(value: Value): Compare {
  const than = instant(value);
  return (got) => instant(got) - than;
}

/** Milliseconds since the epoch of a number or an ISO 8601 text; without a zone it is UTC, so that every machine agrees. */
function instant(value: Value): number {
  if (typeof value !== 'string') return typeof value === 'number' ? value : NaN;
  const found = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.exec(value);
  return found ? Date.parse(found[1] && !found[2] ? `${value}Z` : value) : NaN;
}

function oneOf(values: readonly FlagValue[]): Check {
  const set = new Set(values);
  return (got) => set.has(got);
}

function textual(op: Operator, value: string): (got: string) => boolean {
  if (op === 'contains') return (got) => got.includes(value);
  if (op === 'startsWith') return (got) => got.startsWith(value);
  return op === 'endsWith' ? (got) => got.endsWith(value) : no;
}

/** RE2 writes flags as a leading `(?i)`; JavaScript takes them apart from the pattern. */
function pattern(text: string): (got: string) => boolean {
  const [head = '', flags = ''] = /^\(\?([ims]+)\)/.exec(text) ?? [];
  try {
    const regexp = new RegExp(text.slice(head.length), `u${flags}`);
    return (got) => got.length <= longestMatch && regexp.test(got);
  } catch {
    return no;
  }
}
