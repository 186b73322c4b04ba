import {
  closeFlag,
  closeRule,
  emptySettings,
  evenShares,
  isValue,
  moved,
  nextRuleId,
  openFlag,
  openRule,
  ruleFaults,
  shareSum,
  valueOf,
} from '@assay/console/features/flags/model';
import { newFlagBody } from '@assay/console/features/flags/new-flag';
import { flagBody, rule as ruleSchema } from '@assay/server/contract/definitions';
import type { Flag, FlagRule } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';

const stored: Flag = {
  key: 'checkout',
  name: 'Checkout',
  description: 'd',
  owner: 'growth',
  tags: ['web'],
  type: 'json',
  clientVisible: true,
  purpose: 'experiment',
  variants: [
    { key: 'a', value: { steps: 3 } },
    { key: 'b', value: { steps: 1 }, name: 'One page' },
  ],
  environments: {
    production: {
      on: true,
      off: null,
      rules: [
        { id: 'r1', name: 'QA', if: { segment: 'qa' }, variant: 'b' },
        { id: 'r2', experiment: 'one-page' },
        {
          id: 'r3',
          split: [
            ['a', 90_000],
            ['b', 10_000],
          ],
          unit: 'deviceId',
          salt: 'abc1234',
          coverage: 20_000,
          sticky: true,
        },
      ],
      default: { variant: 'a' },
      requires: [{ flag: 'shop', variants: ['on'] }],
    },
  },
  revision: 4,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: 'lin',
  archived: false,
};

describe('a flag opened and closed again', () => {
  it('is what it was', () => {
    expect(closeFlag(stored, openFlag(stored))).toEqual(stored);
  });

  it('is a body that the server takes', () => {
    const {
      revision: _r,
      createdAt: _c,
      updatedAt: _u,
      updatedBy: _b,
      archived: _a,
      ...body
    } = closeFlag(stored, openFlag(stored)) as Flag;
    expect(flagBody.parse(body)).toEqual(body);
  });
});

describe('a rule', () => {
  it('keeps the proportions of weights of any total', () => {
    const one = closeRule(
      openRule({
        id: 'r',
        split: [
          ['a', 1],
          ['b', 2],
        ],
        unit: 'userId',
      }),
    );
    expect(one.split).toEqual([
      ['a', 33_333],
      ['b', 66_667],
    ]);
  });

  it.each<[string, FlagRule]>([
    ['everybody', { id: 'r', variant: 'a' }],
    ['a condition', { id: 'r', if: { attr: 'country', op: 'in', value: ['CN'] }, variant: 'a' }],
    ['an experiment', { id: 'r', experiment: 'e' }],
  ])('for %s survives editing', (_, given) => {
    expect(closeRule(openRule(given))).toEqual(given);
    expect(ruleSchema.safeParse(closeRule(openRule(given))).success).toBe(true);
  });

  it('may not be saved with shares that miss 100, an empty condition, or coverage out of bounds', () => {
    const good = openRule({
      id: 'r',
      split: [
        ['a', 1],
        ['b', 1],
      ],
      unit: 'userId',
    });
    expect(ruleFaults(good)).toEqual([]);
    const short = {
      ...good,
      serve: { kind: 'split' as const, shares: [{ variant: 'a', percent: 99 }], unit: '' },
    };
    expect(ruleFaults({ ...short, coverage: 101 })).toEqual(['coverage', 'shares', 'unit']);
    expect(
      ruleFaults(openRule({ id: 'r', if: { attr: '', op: 'eq', value: '' }, variant: '' })),
    ).toEqual(['condition', 'variant']);
  });
});

it.each([2, 3, 7])('splits evenly among %i, to exactly 100', (n) => {
  const shares = evenShares(Array.from({ length: n }, (_, i) => `v${i}`));
  expect(shareSum(shares)).toBeCloseTo(100, 9);
  expect(shares.reduce((sum, { percent }) => sum + Math.round(percent * 1_000), 0)).toBe(100_000);
});

it.each([
  ['boolean', 'true', true],
  ['boolean', 'yes', false],
  ['number', '1.5', true],
  ['number', '"1"', false],
  ['number', '', false],
  ['json', '{"a":1}', true],
  ['json', '{a}', false],
  ['string', '', true],
] as const)('a %s flag may serve %s: %s', (type, text, good) => {
  expect(isValue(type, text)).toBe(good);
});

it('reads a value from its text', () => {
  expect(valueOf('string', 'true')).toBe('true');
  expect(valueOf('number', '1e3')).toBe(1_000);
  expect(valueOf('json', '[1]')).toEqual([1]);
});

it('moves one item and keeps the order of the others', () => {
  expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c']);
});

it('names a new rule by the first free number', () => {
  const rules = ['r1', 'r3', 'r4'].map((id) => openRule({ id, variant: 'a' }));
  expect(nextRuleId(rules)).toBe('r5');
});

it.each(['boolean', 'string', 'number', 'json'] as const)(
  'a new %s flag is off everywhere and valid',
  (type) => {
    const body = newFlagBody(
      { name: 'N', key: 'n', type, purpose: 'release', description: '', clientVisible: true },
      ['production', 'staging'],
    );
    expect(flagBody.parse(body)).toEqual(body);
    expect(Object.values(body.environments).map(({ on }) => on)).toEqual([false, false]);
  },
);

it('a new environment of a flag is off and serves the first variant', () => {
  expect(emptySettings([{ id: 'a', key: 'a', name: '', text: '1' }])).toMatchObject({
    on: false,
    off: 'a',
    fallback: { variant: 'a' },
  });
});
