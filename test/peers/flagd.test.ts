import { FlagdCore, MemoryStorage } from '@openfeature/flagd-core';
import { flagdExport } from '@assay/server/delivery/flagd-export';
import {
  evaluate,
  type Condition,
  type Context,
  type Flag,
  type Ruleset,
} from '@assay/sdk/evaluate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const quiet = { error() {}, warn() {}, info() {}, debug() {} };

/** What flagd serves of a ruleset; its own schema has taken the definitions. */
function flagdOf(ruleset: Ruleset) {
  const storage = new MemoryStorage(quiet);
  storage.setConfigurations(JSON.stringify(flagdExport(ruleset)), true);
  const core = new FlagdCore(storage, quiet);
  return (key: string, context: Context) =>
    // A context of OpenFeature holds what one of the SDK may hold.
    core.resolve('string', key, 'callers-default', context as Record<string, string>, quiet);
}

const letters = { a: 'A', b: 'B', c: 'C' };
function flag(members: Partial<Flag>): Flag {
  return {
    type: 'string',
    on: true,
    variants: letters,
    off: 'c',
    rules: [],
    default: { variant: 'a' },
    ...members,
  };
}
const third = {
  split: [
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ],
  salt: 'k3v9x1a',
  unit: 'userId',
} as const;

const ruleset: Ruleset = {
  schema: 1,
  version: 7,
  environment: 'production',
  segments: {
    asia: { attr: 'country', op: 'in', value: ['CN', 'SG'] },
    nested: { all: [{ segment: 'asia' }, { not: { attr: 'age', op: 'lt', value: 18 } }] },
  },
  holdouts: { h: { salt: 'h0ldout', share: 10_000 }, g: { salt: 'g0ldout', share: 5_000 } },
  layers: { l: { salt: 'layer01' } },
  flags: {
    rollout: flag({
      rules: [
        {
          id: 'r',
          split: [
            ['b', 300_000],
            ['c', 0],
            ['a', 700_000],
          ],
          salt: 'r0llout',
          unit: 'userId',
        },
      ],
    }),
    experiment: flag({
      rules: [
        { id: 'r', ...third, coverage: 37_123, experiment: 'e', phase: 2, control: 'b' },
        {
          id: 'next',
          split: [
            ['c', 1],
            ['b', 3],
          ],
          salt: 'other12',
          unit: 'userId',
          coverage: 50_000,
        },
      ],
    }),
    layered: flag({
      rules: [
        {
          id: 'r',
          ...third,
          coverage: 90_000,
          experiment: 'e',
          layer: {
            key: 'l',
            slots: [
              [7_000, 9_000],
              [0, 2_500],
              [2_500, 3_000],
            ],
          },
          holdouts: ['h', 'g'],
          control: 'c',
        },
        { id: 'gone', ...third, layer: { key: 'nowhere', slots: [[0, 10_000]] } },
      ],
    }),
    uncontrolled: flag({
      rules: [{ id: 'r', ...third, holdouts: ['h'], coverage: 80_000 }],
      default: { variant: 'b' },
    }),
    targeted: flag({
      rules: [
        { id: 'listed', if: { attr: 'userId', op: 'in', value: ['u1', 'u77'] }, variant: 'c' },
        { id: 'segment', if: { segment: 'nested' }, ...third },
        { id: 'plan', if: { attr: 'plan.name', op: 'eq', value: 'pro' }, variant: 'b' },
      ],
    }),
    required: flag({
      requires: [
        { flag: 'rollout', variants: ['b'] },
        { flag: 'layered', variants: ['a', 'c'] },
      ],
      rules: [{ id: 'r', ...third, salt: 'requir3' }],
    }),
    'required-off': flag({ requires: [{ flag: 'off', variants: ['a'] }], off: null }),
    'by-company': flag({ rules: [{ id: 'r', ...third, unit: 'companyId' }] }),
    'split-by-default': flag({ default: third }),
    fixed: flag({ rules: [{ id: 'r', variant: 'b' }] }),
    off: flag({ on: false }),
    'off-to-caller': flag({ on: false, off: null }),
  },
};

/** What the SDK serves, targetingKey standing for a missing userId, in the words of flagd. */
function expected(key: string, context: Context): string | undefined {
  const userId = context['userId'] ?? context['targetingKey'];
  return evaluate(ruleset, key, { ...context, userId }, null).variant;
}

describe('flagd evaluates the export as the SDK evaluates the ruleset', () => {
  const served = flagdOf(ruleset);
  const countries = ['CN', 'US', 'SG', undefined];

  it.each(Object.keys(ruleset.flags))('%s: the same variant for 100,000 ids', (key) => {
    const seen = new Map<string, number>();
    let different = 0;
    for (let i = 0; i < 100_000; i++) {
      const id = i % 3 === 0 ? `u${i}` : `user-${(i * 2_654_435_761) % 4_294_967_296}@x.example`;
      const context: Context = {
        ...(i % 2 === 0 ? { targetingKey: id } : { userId: id, targetingKey: 'someone-else' }),
        companyId: i % 1_000,
        country: countries[i % 4],
        age: i % 40,
        plan: { name: i % 5 === 0 ? 'pro' : 'free' },
      };
      const { variant } = served(key, context);
      if (variant !== expected(key, context)) different++;
      const name = String(variant);
      seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    expect(different).toBe(0);
    // The flags above serve by chance what they say: what serves one variant only would prove little.
    const fixed = ['fixed', 'off', 'off-to-caller', 'required-off'].includes(key);
    expect(seen.size).toBeGreaterThan(fixed ? 0 : 1);
  });

  it.each([
    [{}],
    [{ userId: '' }],
    [{ userId: null }],
    [{ userId: 0 }],
    [{ userId: true }],
    [{ userId: '0' }],
  ])('serves %j alike', (context) => {
    for (const key of Object.keys(ruleset.flags))
      expect([key, served(key, context).variant]).toEqual([key, expected(key, context)]);
  });

  it('serves the caller’s default where the SDK does', () => {
    expect(served('off-to-caller', {})).toMatchObject({
      value: 'callers-default',
      reason: 'DISABLED',
    });
    expect(served('required-off', {}).value).toBe('callers-default');
    expect(served('split-by-default', {}).value).toBe('callers-default');
  });
});

describe('conditions', () => {
  const value = fc.oneof(
    fc.constantFrom('', 'pro', 'a$&b', '1.2.3', '2.0.0-beta.1', 'CN', '5', 'true'),
    fc.constantFrom(-1, 0, 5, 1.5, 18),
    fc.boolean(),
  );
  const leaf = fc.oneof(
    fc.record({
      attr: fc.constantFrom('x', 'y', 'n.e', 'userId'),
      op: fc.constantFrom(
        'eq',
        'ne',
        'lt',
        'lte',
        'gt',
        'gte',
        'contains',
        'startsWith',
        'endsWith',
        'exists',
        'missing',
      ),
      value,
    }),
    fc.record({
      attr: fc.constantFrom('x', 'y'),
      op: fc.constantFrom('in', 'nin'),
      value: fc.array(value, { maxLength: 4 }),
    }),
    fc.record({
      attr: fc.constantFrom('x', 'y'),
      op: fc.constantFrom('semverEq', 'semverLt', 'semverLte', 'semverGt', 'semverGte'),
      value: fc.constantFrom('1.2.3', '1.10.0', '2.0.0-beta.1', 'v2.0.0'),
    }),
  );
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { depthSize: 'small' },
      leaf as fc.Arbitrary<Condition>,
      fc.record({ all: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ),
  }));
  const context = fc.record(
    {
      x: fc.oneof(value, fc.constant(null)),
      y: value,
      n: fc.oneof(fc.record({ e: value }, { noNullPrototype: true }), value),
      userId: value,
      targetingKey: fc.constantFrom('CN', 'pro'),
    },
    { requiredKeys: [], noNullPrototype: true },
  );

  it('hold in flagd for whom they hold in the SDK', () => {
    fc.assert(
      fc.property(
        condition,
        fc.array(context, { minLength: 1, maxLength: 5 }),
        (given, contexts) => {
          const one: Ruleset = {
            ...ruleset,
            flags: { f: flag({ rules: [{ id: 'r', if: given, variant: 'b' }] }) },
          };
          const served = flagdOf(one);
          for (const each of contexts) {
            const userId = each.userId ?? each.targetingKey;
            const { variant } = evaluate(one, 'f', { ...each, userId }, null);
            expect(served('f', each).variant).toBe(variant);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('what flagd cannot say', () => {
  const matches = { attr: 'email', op: 'matches', value: '@example\\.com$' } as const;
  const after = { attr: 'since', op: 'after', value: '2026-01-01' } as const;
  const { flags, metadata } = flagdExport({
    ...ruleset,
    flags: {
      kept: flag({}),
      pattern: flag({ rules: [{ id: 'r', if: { not: matches }, variant: 'b' }] }),
      time: flag({ rules: [{ id: 'r', if: { any: [after] }, variant: 'b' }] }),
      'on-pattern': flag({ requires: [{ flag: 'pattern', variants: ['b'] }] }),
      list: flag({ type: 'json', variants: { a: [1], b: {} } }),
      sticky: flag({ rules: [{ id: 'r', ...third, sticky: true }] }),
      circle: flag({ requires: [{ flag: 'circle', variants: ['a'] }] }),
    },
  });

  it('is left out and told, never served differently', () => {
    expect(Object.keys(flags)).toEqual(['kept', 'sticky']);
    expect(metadata).toEqual({
      flagSetId: 'production',
      version: '7',
      leftOut: [
        'pattern: flagd has no operator for "matches"',
        'time: flagd has no operator for "after"',
        'on-pattern: flagd has no operator for "matches"',
        'list: flagd takes only objects as JSON values',
        'circle: prerequisites form a circle',
      ].join('\n'),
      limits: 'sticky: sticky assignments are not kept',
    });
  });
});
