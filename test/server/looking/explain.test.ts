import type { Context, Ruleset } from '@assay/sdk';
import { evaluate } from '@assay/sdk/evaluate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explained } from '@assay/server/looking/explain';

const china = { attr: 'country', op: 'in', value: ['CN', 'SG'] } as const;
const team = { attr: 'email', op: 'endsWith', value: '@example.com' } as const;
const ruleset: Ruleset = {
  schema: 1,
  version: 14,
  environment: 'production',
  segments: { vip: { attr: 'plan', op: 'eq', value: 'pro' } },
  holdouts: { global: { salt: 'k3v9x1a', share: 5_000 } },
  layers: { pages: { salt: 'k3v9x1a' } },
  flags: {
    base: {
      type: 'boolean',
      on: true,
      variants: { yes: true, no: false },
      off: 'no',
      rules: [{ id: 'v', if: { segment: 'vip' }, variant: 'no' }],
      default: { variant: 'yes' },
    },
    dark: {
      type: 'boolean',
      on: false,
      variants: { no: false },
      off: 'no',
      rules: [],
      default: { variant: 'no' },
    },
    checkout: {
      type: 'string',
      on: true,
      variants: { a: 'classic', b: 'one_page' },
      off: 'a',
      requires: [{ flag: 'base', variants: ['yes'] }],
      rules: [
        { id: 'qa', if: team, variant: 'b' },
        {
          id: 'test',
          if: { all: [china, { not: team }] },
          split: [
            ['a', 1],
            ['b', 1],
          ],
          salt: 'k3v9x1a',
          unit: 'userId',
          coverage: 100_000,
          experiment: 'one-page',
          phase: 1,
          control: 'a',
          layer: { key: 'pages', slots: [[0, 8_000]] },
          holdouts: ['global'],
        },
        { id: 'rest', variant: 'a' },
      ],
      default: { variant: 'a' },
    },
  },
};
const explain = (context: Context, flag = 'checkout') => explained(ruleset, { flag, context });
const path = (context: Context, flag?: string) =>
  explain(context, flag).steps.map((s) => `${s.id} ${s.outcome} ${s.why}`);

describe('the explanation', () => {
  it('shows every draw of the rule that served, as the golden vectors have them', () => {
    const { steps, ...decision } = explain({ userId: 'u1', country: 'CN' });
    expect(decision).toEqual({
      flag: 'checkout',
      environment: 'production',
      version: 14,
      value: 'one_page',
      variant: 'b',
      reason: 'SPLIT',
      rule: 'test',
      unit: { type: 'userId', id: 'u1' },
    });
    // Hashes by the npm package murmurhash: of k3v9x1a:u1, k3v9x1a/in:u1 and k3v9x1a/holdout:u1.
    expect(steps[3]).toEqual({
      kind: 'rule',
      id: 'test',
      outcome: 'served',
      why: 'split',
      conditions: [
        { attr: 'country', op: 'in', value: ['CN', 'SG'], got: 'CN', holds: true },
        { attr: 'email', op: 'endsWith', value: '@example.com', holds: false },
      ],
      holdout: { key: 'global', bucket: 91_871, share: 5_000, heldOut: false },
      layer: { key: 'pages', slot: 7_507, slots: [[0, 8_000]], owned: true },
      coverage: { bucket: 95_582, coverage: 100_000, enrolled: true },
      split: {
        hash: 3_594_152_924,
        bucket: 1.673_657_877_370_715_1,
        weights: [
          ['a', 1],
          ['b', 1],
        ],
        variant: 'b',
      },
    });
  });

  it.each<[string, Context, string[]]>([
    [
      'a fixed variant',
      { userId: 'u1', email: 'li@example.com' },
      [
        'on passed on',
        'base passed requirementMet',
        'qa served fixed',
        'test notReached notReached',
        'rest notReached notReached',
        'default notReached notReached',
      ],
    ],
    [
      'a condition that does not hold',
      { userId: 'u1', country: 'DE' },
      [
        'on passed on',
        'base passed requirementMet',
        'qa skipped conditionFalse',
        'test skipped conditionFalse',
        'rest served fixed',
        'default notReached notReached',
      ],
    ],
    [
      'a missing unit',
      { country: 'CN' },
      [
        'on passed on',
        'base passed requirementMet',
        'qa skipped conditionFalse',
        'test skipped unitMissing',
        'rest served fixed',
        'default notReached notReached',
      ],
    ],
    [
      'a prerequisite that failed',
      { userId: 'u1', plan: 'pro' },
      [
        'on passed on',
        'base stopped requirementFailed',
        'qa notReached notReached',
        'test notReached notReached',
        'rest notReached notReached',
        'default notReached notReached',
      ],
    ],
    [
      'a holdout',
      { userId: 'u2', country: 'CN' },
      [
        'on passed on',
        'base passed requirementMet',
        'qa skipped conditionFalse',
        'test served heldOut',
        'rest notReached notReached',
        'default notReached notReached',
      ],
    ],
  ])('follows %s', (_, context, steps) => {
    expect(path(context)).toEqual(steps);
  });

  it('follows a flag that is off, and one without rules that match', () => {
    expect(path({}, 'dark')).toEqual(['on stopped off', 'default notReached notReached']);
    expect(path({}, 'base')).toEqual([
      'on passed on',
      'v skipped conditionFalse',
      'default served default',
    ]);
    expect(explain({ plan: 'pro' }, 'base').steps[1]?.conditions).toEqual([
      { attr: 'vip', op: 'segment', holds: true },
    ]);
  });

  it('shows what a prerequisite served', () => {
    expect(explain({ plan: 'pro' }).steps[1]?.conditions).toEqual([
      { attr: 'base', op: 'in', value: ['yes'], got: 'no', holds: false },
    ]);
  });

  it('knows which flag was meant', () => {
    expect(() => explain({}, 'chekout')).toThrow(
      'Unknown flag "chekout"; did you mean "checkout"?',
    );
  });

  it('always ends where the evaluation ends', () => {
    const context = fc.record(
      {
        userId: fc.oneof(
          fc.string({ maxLength: 6 }),
          fc.integer(),
          fc.boolean(),
          fc.constant(null),
        ),
        country: fc.constantFrom('CN', 'DE'),
        plan: fc.constantFrom('pro', 'free'),
        email: fc.constantFrom('a@example.com', 'a@b.c', 7),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(context, (given) => {
        const decision = evaluate(ruleset, 'checkout', given, null);
        const { steps } = explain(given);
        const end = steps.find((s) => s.outcome === 'served' || s.outcome === 'stopped');
        const variants: Record<string, string | undefined> = {
          heldOut: 'a',
          split: end?.split?.variant,
          fixed: end?.id === 'qa' ? 'b' : 'a',
          requirementFailed: 'a',
          default: 'a',
        };
        expect(variants[end?.why ?? '']).toBe(decision.variant);
        expect(end?.kind === 'rule' ? end.id : undefined).toBe(decision.rule);
      }),
      { numRuns: 2_000 },
    );
  });
});
