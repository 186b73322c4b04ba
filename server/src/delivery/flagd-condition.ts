import type { Condition, FlagValue, Operator, Ruleset } from '@assay/sdk';
import {
  allOf,
  anyOf,
  attribute,
  CannotExpress,
  isMissing,
  isNumber,
  isText,
  not,
  type Logic,
} from './flagd-logic.ts';

/** As semver.org has it; flagd's schema takes no other. */
const strictVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][\da-zA-Z-]*))*)?(\+[\da-zA-Z-]+(\.[\da-zA-Z-]+)*)?$/;
const deepestSegment = 32;

/**
 * A condition in JSON logic. Nothing is coerced, as in the SDK: where flagd's operator would, the type is asked first.
 * Throws CannotExpress for patterns and for times.
 * @example conditionLogic({ attr: 'plan', op: 'eq', value: 'pro' }, segments) // { '===': [{ var: 'plan' }, 'pro'] }
 */
export function conditionLogic(
  condition: Condition,
  segments: Ruleset['segments'],
  depth = 0,
): Logic {
  const inner = (one: Condition) => conditionLogic(one, segments, depth);
  if ('all' in condition) return allOf(condition.all.map(inner));
  if ('any' in condition) return anyOf(condition.any.map(inner));
  if ('not' in condition) return not(inner(condition.not));
  if ('attr' in condition) return comparison(attribute(condition.attr), condition);
  if (depth > deepestSegment) throw new CannotExpress('segments nest too deeply');
  const { segment } = condition;
  const found = Object.hasOwn(segments, segment) ? segments[segment] : undefined;
  return found === undefined ? false : conditionLogic(found, segments, depth + 1);
}

type Leaf = Extract<Condition, { attr: string }>;

function comparison(got: Logic, { op, value }: Leaf): Logic {
  switch (op) {
    case 'exists':
      return not(isMissing(got));
    case 'missing':
      return isMissing(got);
    case 'eq':
      return equal(got, value);
    case 'ne':
      return not(equal(got, value));
    case 'in':
      return among(got, value);
    case 'nin':
      return not(among(got, value));
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return typeof value === 'number'
        ? allOf([isNumber(got), { [signs[op]]: [got, value] }])
        : false;
    case 'contains':
    case 'startsWith':
    case 'endsWith':
      return typeof value === 'string' ? text(got, op, value) : false;
    case 'semverEq':
    case 'semverLt':
    case 'semverLte':
    case 'semverGt':
    case 'semverGte':
      return version(got, signs[op], value);
    case 'matches':
    case 'before':
    case 'after':
    default:
      throw new CannotExpress(`flagd has no operator for "${op}"`);
  }
}

const signs = {
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
  semverEq: '=',
  semverLt: '<',
  semverLte: '<=',
  semverGt: '>',
  semverGte: '>=',
} as const satisfies { readonly [op in Operator]?: string };

/** Null stands for a missing attribute, and an object is never the same as another: both are equal to nothing. */
function equal(got: Logic, value: FlagValue | undefined): Logic {
  return isScalar(value) ? { '===': [got, value] } : false;
}

function among(got: Logic, value: FlagValue | undefined): Logic {
  const list = Array.isArray(value) ? (value as readonly FlagValue[]).filter(isScalar) : [];
  return list.length === 0 ? false : { in: [got, list] };
}

function isScalar(value: FlagValue | undefined): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function text(got: Logic, op: 'contains' | 'startsWith' | 'endsWith', value: string): Logic {
  const holds: Logic =
    op === 'contains'
      ? { in: [value, got] }
      : { [op === 'startsWith' ? 'starts_with' : 'ends_with']: [got, value] };
  return allOf([isText(got), holds]);
}

function version(got: Logic, sign: string, value: FlagValue | undefined): Logic {
  const strict = typeof value === 'string' ? value.replace(/^v/, '') : '';
  if (!strictVersion.test(strict))
    throw new CannotExpress(`flagd reads no version from ${JSON.stringify(value)}`);
  // What is no version for flagd makes its operator null, which is neither true nor false.
  return allOf([isText(got), { '===': [{ sem_ver: [got, sign, strict] }, true] }]);
}
