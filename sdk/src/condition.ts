import type { Condition, Context, FlagValue, Operator } from './ruleset.ts';
import { compareVersion, readVersion } from './semver.ts';

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
  const check = checks[op]?.(value) ?? no;
  return (context) => {
    const got = read(context);
    return got === undefined ? negative : check(got) !== negative;
  };
}

type Check = (got: FlagValue) => boolean;
type MakeCheck = (value: FlagValue | undefined) => Check;
const no: Check = () => false;

const equal: MakeCheck = (value) => (got) => got === value;
const oneOf: MakeCheck = (value) => {
  const values = Array.isArray(value) ? (value as readonly FlagValue[]) : [];
  const set = new Set(values);
  return values.length > 8 ? (got) => set.has(got) : (got) => values.includes(got);
};
const textual =
  (holds: (got: string, value: string) => boolean): MakeCheck =>
  (value) =>
    typeof value === 'string' ? (got) => typeof got === 'string' && holds(got, value) : no;

/** Negative, 0 or positive; NaN when the two cannot be compared, which makes every order false. */
type Compare = (got: FlagValue) => number;
type MakeCompare = (value: FlagValue | undefined) => Compare;

const numbers: MakeCompare = (value) => (got) =>
  typeof got === 'number' && typeof value === 'number' ? got - value : NaN;
const versions: MakeCompare = (value) => {
  const than = typeof value === 'string' ? readVersion(value) : undefined;
  return (got) => (typeof got === 'string' && than ? compareVersion(got, than) : NaN);
};
const instants: MakeCompare = (value) => {
  const than = instant(value);
  return (got) => instant(got) - than;
};

type Order = (make: MakeCompare) => MakeCheck;
const ordered =
  (order: (compare: Compare) => Check): Order =>
  (make) =>
  (value) =>
    order(make(value));
const same = ordered((compare) => (got) => compare(got) === 0);
const below = ordered((compare) => (got) => compare(got) < 0);
const upTo = ordered((compare) => (got) => compare(got) <= 0);
const above = ordered((compare) => (got) => compare(got) > 0);
const from = ordered((compare) => (got) => compare(got) >= 0);

const checks: { readonly [op in Operator]?: MakeCheck } = {
  eq: equal,
  ne: equal,
  in: oneOf,
  nin: oneOf,
  lt: below(numbers),
  lte: upTo(numbers),
  gt: above(numbers),
  gte: from(numbers),
  contains: textual((got, value) => got.includes(value)),
  startsWith: textual((got, value) => got.startsWith(value)),
  endsWith: textual((got, value) => got.endsWith(value)),
  matches: (value) => (typeof value === 'string' ? pattern(value) : no),
  semverEq: same(versions),
  semverLt: below(versions),
  semverLte: upTo(versions),
  semverGt: above(versions),
  semverGte: from(versions),
  before: below(instants),
  after: above(instants),
};

const isoTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds since the epoch of a number or an ISO 8601 text; without a zone it is UTC, so that every machine agrees. */
function instant(value: FlagValue | undefined): number {
  if (typeof value === 'number') return value;
  const found = typeof value === 'string' ? isoTime.exec(value) : null;
  if (found === null) return NaN;
  return Date.parse(found[1] !== undefined && found[4] === undefined ? `${found[0]}Z` : found[0]);
}

/** RE2 writes flags as a leading `(?i)`; JavaScript takes them apart from the pattern. */
function pattern(text: string): Check {
  const flags = /^\(\?([ims]+)\)/.exec(text);
  try {
    const regexp = new RegExp(text.slice(flags?.[0].length ?? 0), `u${flags?.[1] ?? ''}`);
    return (got) => typeof got === 'string' && got.length <= longestMatch && regexp.test(got);
  } catch {
    return no;
  }
}
