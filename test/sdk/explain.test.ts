import { evaluate, explain, type Context, type Rule, type Ruleset } from '@assay/sdk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flag, half, ruleset } from './rulesets.ts';

const china = { attr: 'country', op: 'in', value: ['CN', 'SG'] } as const;
const experiment = {
  ...half,
  if: { all: [china, { not: { segment: 'staff' } }] },
  experiment: 'exp',
  control: 'a',
  coverage: 100_000,
  layer: { key: 'pages', slots: [[0, 8_000]] },
  holdouts: ['global'],
} as const;
const shared: Partial<Ruleset> = {
  segments: { staff: { attr: 'email', op: 'endsWith', value: '@example.com' } },
  holdouts: { global: { salt: 'k3v9x1a', share: 5_000 } },
  layers: { pages: { salt: 'k3v9x1a' } },
};
const rules = ruleset(
  {
    parent: flag([{ id: 'p', if: { attr: 'plan', op: 'eq', value: 'free' }, variant: 'b' }]),
    f: flag([experiment, { id: 'rest', variant: 'c' }], {
      requires: [{ flag: 'parent', variants: ['a'] }],
    }),
    off: flag([], { on: false }),
  },
  shared,
);
const path = (context: Context, key = 'f') =>
  explain(rules, key, context).steps.map((s) => `${s.id} ${s.outcome} ${s.why}`);

describe('the trace', () => {
  it('shows every number of the rule that served, as the golden vectors have them', () => {
    const { steps, ...rest } = explain(rules, 'f', { userId: 'u1', country: 'CN' });
    expect(rest).toEqual({
      flag: 'f',
      environment: 'production',
      version: 1,
      value: 'B',
      variant: 'b',
      reason: 'SPLIT',
      rule: 'r1',
      unit: { type: 'userId', id: 'u1' },
    });
    // Hashes by the npm package murmurhash: of k3v9x1a:u1, k3v9x1a/in:u1 and k3v9x1a/holdout:u1.
    expect(steps[2]).toEqual({
      kind: 'rule',
      id: 'r1',
      outcome: 'served',
      why: 'split',
      conditions: [
        { ...china, got: 'CN', holds: true },
        { attr: 'staff', op: 'segment', holds: false },
      ],
      holdout: { key: 'global', bucket: 91_871, share: 5_000, heldOut: false },
      layer: { key: 'pages', slot: 7_507, slots: [[0, 8_000]], owned: true },
      coverage: { bucket: 95_582, coverage: 100_000, enrolled: true },
      split: {
        hash: 3_594_152_924,
        bucket: 1.673_657_877_370_715_1,
        weights: half.split,
        variant: 'b',
      },
    });
  });
  it.each<[string, Context, string[]]>([
    [
      'a condition that does not hold',
      { userId: 'u1', country: 'DE' },
      [
        'on passed on',
        'parent passed requirementMet',
        'r1 skipped conditionFalse',
        'rest served fixed',
        'default notReached notReached',
      ],
    ],
    [
      'a missing unit',
      { country: 'CN' },
      [
        'on passed on',
        'parent passed requirementMet',
        'r1 skipped unitMissing',
        'rest served fixed',
        'default notReached notReached',
      ],
    ],
    [
      'a holdout',
      { userId: 'u2', country: 'CN' },
      [
        'on passed on',
        'parent passed requirementMet',
        'r1 served heldOut',
        'rest notReached notReached',
        'default notReached notReached',
      ],
    ],
    [
      'a failed prerequisite',
      { userId: 'u1', plan: 'free' },
      [
        'on passed on',
        'parent stopped requirementFailed',
        'r1 notReached notReached',
        'rest notReached notReached',
        'default notReached notReached',
      ],
    ],
  ])('follows %s', (_, context, steps) => {
    expect(path(context)).toEqual(steps);
  });
  it('stops at a flag that is off, and is empty for one that is not there', () => {
    expect(path({}, 'off')).toEqual(['on stopped off', 'default notReached notReached']);
    expect(path({}, 'unknown')).toEqual([]);
    expect(explain(rules, 'unknown', {})).toMatchObject({
      value: null,
      reason: 'ERROR',
      variant: null,
    });
  });
  it('shows what a prerequisite served', () => {
    expect(explain(rules, 'f', { plan: 'free' }).steps[1]?.conditions).toEqual([
      { attr: 'parent', op: 'in', value: ['a'], got: 'b', holds: false },
    ]);
  });
});

const anyRule: fc.Arbitrary<Rule> = fc.record(
  {
    id: fc.constantFrom('x', 'y', 'z'),
    if: fc.constantFrom(
      china,
      { not: china },
      { segment: 'staff' },
      { attr: 'n', op: 'gte', value: 3 },
    ),
    split: fc.constantFrom(
      [
        ['a', 1],
        ['b', 2],
      ],
      [
        ['c', 1],
        ['b', 0],
        ['a', 9],
      ],
    ),
    salt: fc.constantFrom('k3v9x1a', 'other42', '双十一'),
    unit: fc.constantFrom('userId', 'deviceId', 'n'),
    experiment: fc.constantFrom('e1', 'e2'),
    control: fc.constantFrom('a', 'c'),
    coverage: fc.integer({ min: 0, max: 100_000 }),
    holdouts: fc.constantFrom(['global'], ['big', 'global'], ['gone']),
    layer: fc.record({
      key: fc.constantFrom('pages', 'gone'),
      slots: fc.constantFrom(
        [[0, 5_000]],
        [
          [100, 200],
          [2_000, 9_000],
        ],
      ),
    }),
  },
  { requiredKeys: ['id', 'split', 'salt', 'unit'] },
) as fc.Arbitrary<Rule>;
const anyContext = fc.record(
  {
    userId: fc.oneof(fc.string(), fc.integer(), fc.constant('')),
    deviceId: fc.string({ unit: 'binary' }),
    country: fc.constantFrom('CN', 'DE'),
    email: fc.constantFrom('a@example.com', 'b@x.cn'),
    n: fc.integer({ min: 0, max: 6 }),
  },
  { requiredKeys: [] },
);

it('always ends at the rule and variant that the evaluator serves', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(anyRule, { maxLength: 4 }), anyContext, (rulesOfFlag, context) => {
      const holdouts = { ...shared.holdouts, big: { salt: 'b', share: 30_000 } };
      const given = ruleset(
        { f: flag(rulesOfFlag.map((r, i) => ({ ...r, id: `r${i}` }))) },
        { ...shared, holdouts },
      );
      const decision = evaluate(given, 'f', context, null);
      const { steps, variant } = explain(given, 'f', context);
      const end = steps.find((s) => s.outcome === 'served');
      const ruleOf = { ...end }.kind === 'rule' ? end?.id : undefined;
      seen.add(end?.why ?? '');
      expect(variant ?? undefined).toBe(decision.variant);
      expect(ruleOf).toBe(decision.rule);
      const split = end?.why === 'split' ? end.split?.variant : decision.variant;
      expect(split).toBe(decision.variant);
      expect(end?.why === 'heldOut').toBe(decision.reason === 'HOLDOUT');
    }),
    { numRuns: 3_000 },
  );
  expect([...seen].toSorted()).toEqual(['default', 'heldOut', 'split']);
});
