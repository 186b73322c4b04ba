import { compileCondition, type Condition, type Context } from '@assay/sdk';
import { describe, expect, it } from 'vitest';

const segments: Record<string, Condition> = {
  chinese: { attr: 'country', op: 'eq', value: 'CN' },
};
const holds = (condition: Condition, context: Context): boolean => {
  const find = (key: string): ((c: Context) => boolean) =>
    segments[key] === undefined ? () => false : compileCondition(segments[key], find);
  return compileCondition(condition, find)(context);
};

describe('operators', () => {
  it.each<[op: string, got: unknown, value: unknown, holds: boolean]>([
    ['eq', 'pro', 'pro', true],
    ['eq', 'Pro', 'pro', false],
    ['eq', 1, '1', false],
    ['eq', true, true, true],
    ['ne', 'free', 'pro', true],
    ['ne', 'pro', 'pro', false],
    ['ne', 1, '1', true],
    ['in', 'CN', ['CN', 'SG'], true],
    ['in', 'US', ['CN', 'SG'], false],
    ['in', 2, [1, 2, 3], true],
    ['in', '2', [1, 2, 3], false],
    ['in', 'x9', Array.from({ length: 100 }, (_, i) => `x${i}`), true],
    ['nin', 'US', ['CN', 'SG'], true],
    ['nin', 'CN', ['CN', 'SG'], false],
    ['lt', 4, 5, true],
    ['lt', 5, 5, false],
    ['lt', '4', 5, false],
    ['lte', 5, 5, true],
    ['gt', 6, 5, true],
    ['gt', 5, 5, false],
    ['gte', 5, 5, true],
    ['gte', NaN, 5, false],
    ['contains', 'a@b.cn', '@b', true],
    ['contains', ['@b'], '@b', false],
    ['startsWith', '+86139', '+86', true],
    ['startsWith', '0086', '+86', false],
    ['endsWith', 'a@b.cn', '.cn', true],
    ['endsWith', 'a@b.com', '.cn', false],
    ['matches', 'user-42', '^user-\\d+$', true],
    ['matches', 'a user-42', '^user-\\d+$', false],
    ['matches', 'a user-42 b', 'user', true],
    ['matches', 'USER', '(?i)user', true],
    ['matches', '王小明', '^.{3}$', true],
    ['matches', '🙂', '^.$', true],
    ['matches', 'x'.repeat(1_001), 'x', false],
    ['matches', 'anything', '(', false],
    ['matches', 7, '7', false],
    ['semverEq', '1.2.3', '1.2.3', true],
    ['semverEq', 'v1.2.3', '1.2.3+build.5', true],
    ['semverEq', '1.2', '1.2.0', true],
    ['semverLt', '1.9.9', '1.10.0', true],
    ['semverLt', '1.10.0', '1.9.9', false],
    ['semverLte', '1.10.0', '1.10.0', true],
    ['semverGt', '2.0.0', '2.0.0-rc.1', true],
    ['semverGt', '2.0.0-rc.1', '2.0.0', false],
    ['semverGte', '3.2.0', '3.2.0', true],
    ['semverGte', '3.1.99', '3.2.0', false],
    ['semverGte', 'three', '3.2.0', false],
    ['semverGte', '1.2.3.4', '1.0.0', false],
    ['semverGte', 3, '3.0.0', false],
    ['before', '2026-01-01', '2026-01-02', true],
    ['before', '2026-01-02T00:00:00Z', '2026-01-02T01:00:00+02:00', false],
    ['before', '2026-01-01T22:59:59Z', '2026-01-02T01:00:00+02:00', true],
    ['before', 1_767_225_599_999, '2026-01-01T00:00:00Z', true],
    ['before', '2026-01-01T00:00:00', 1_767_225_600_001, true],
    ['before', 'yesterday', '2026-01-02', false],
    ['after', '2026-01-02', '2026-01-01', true],
    ['after', '2026-01-01', '2026-01-01', false],
    ['after', '1 Jan 2027', '2026-01-01', false],
    ['exists', '', undefined, true],
    ['exists', 0, undefined, true],
    ['missing', 0, undefined, false],
    ['frobnicate', 'a', 'a', false],
  ])('%s: %j against %j is %s', (op, got, value, expected) => {
    const condition = { attr: 'a', op, value } as Condition;
    expect(holds(condition, { a: got } as Context)).toBe(expected);
  });

  // semver.org §11.4
  it.each([
    ['1.0.0-alpha', '1.0.0-alpha.1'],
    ['1.0.0-alpha.1', '1.0.0-alpha.beta'],
    ['1.0.0-alpha.beta', '1.0.0-beta'],
    ['1.0.0-beta', '1.0.0-beta.2'],
    ['1.0.0-beta.2', '1.0.0-beta.11'],
    ['1.0.0-beta.11', '1.0.0-rc.1'],
    ['1.0.0-rc.1', '1.0.0'],
    ['1.0.0-RC', '1.0.0-alpha'],
  ])('%s comes before %s', (earlier, later) => {
    expect(holds({ attr: 'v', op: 'semverLt', value: later }, { v: earlier })).toBe(true);
    expect(holds({ attr: 'v', op: 'semverLt', value: earlier }, { v: later })).toBe(false);
    expect(holds({ attr: 'v', op: 'semverEq', value: earlier }, { v: later })).toBe(false);
  });
});

describe('a missing attribute', () => {
  const always = ['ne', 'nin', 'missing'];
  const ops = [
    'eq',
    'in',
    'lt',
    'lte',
    'gt',
    'gte',
    'contains',
    'startsWith',
    'endsWith',
    'matches',
    'semverEq',
    'semverLt',
    'semverLte',
    'semverGt',
    'semverGte',
    'before',
    'after',
    'exists',
    ...always,
  ];
  const valueOf: Record<string, unknown> = { in: ['x'], nin: ['x'], lt: 1, lte: 1, gt: 1, gte: 1 };
  it.each(ops)('makes %s false, but for ne, nin and missing', (op) => {
    const condition = { attr: 'a', op, value: valueOf[op] ?? '1.0.0' } as Condition;
    expect(holds(condition, {})).toBe(always.includes(op));
    expect(holds(condition, { a: null })).toBe(always.includes(op));
    expect(holds({ not: condition }, {})).toBe(!always.includes(op));
  });
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is not found among what objects inherit: %s',
    (attr) => {
      expect(holds({ attr, op: 'exists' }, {})).toBe(false);
      expect(holds({ attr, op: 'missing' }, {})).toBe(true);
    },
  );
});

describe('dotted paths', () => {
  const context = { address: { city: '上海', geo: { lat: 31 } }, 'a.b': 1, tags: ['x'] };
  it.each([
    ['address.city', '上海', true],
    ['address.geo.lat', 31, true],
    ['a.b', 1, true],
    ['address.street', 'x', false],
    ['address.city.x', 'x', false],
    ['tags.length', 1, false],
  ])('%s', (attr, value, expected) => {
    expect(holds({ attr, op: 'eq', value }, attr === 'tags.length' ? { tags: 'x' } : context)).toBe(
      expected,
    );
  });
});

describe('groups', () => {
  const yes: Condition = { attr: 'n', op: 'eq', value: 1 };
  const no: Condition = { attr: 'n', op: 'eq', value: 2 };
  it.each<[Condition, boolean]>([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ all: [] }, true],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ any: [] }, false],
    [{ any: [yes] }, true],
    [{ all: [no] }, false],
    [{ not: no }, true],
    [{ not: { any: [no, { all: [yes, yes] }] } }, false],
    [{ segment: 'chinese' }, true],
    [{ not: { segment: 'chinese' } }, false],
    [{ segment: 'nobody-knows' }, false],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition, { n: 1, country: 'CN' })).toBe(expected);
  });
});
