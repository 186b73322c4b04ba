import {
  attributesIn,
  emptyGroup,
  emptyTest,
  faultsOf,
  listItems,
  toCondition,
  toNode,
} from '@assay/console/ui/condition/model';
import type { Condition } from '@assay/sdk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const country: Condition = { attr: 'country', op: 'in', value: ['CN', 'SG'] };

describe('a condition opened and closed again', () => {
  it.each<[string, Condition]>([
    ['a list', { all: [country, { attr: 'age', op: 'gte', value: 18 }] }],
    [
      'numbers in a list',
      { any: [{ attr: 'tier', op: 'in', value: [1, 2] }, { segment: 'staff' }] },
    ],
    [
      'yes or no',
      { all: [{ attr: 'signed_in', op: 'eq', value: true }, { not: { segment: 'bots' } }] },
    ],
    [
      'nothing to compare with',
      {
        any: [
          { attr: 'email', op: 'missing' },
          { attr: 'plan', op: 'exists' },
        ],
      },
    ],
    ['groups in groups', { not: { all: [country, { any: [country, { not: country }] }] } }],
    ['text that looks like a number', { attr: 'zip', op: 'eq', value: '01234' }],
  ])('stays the same: %s', (_, condition) => {
    expect(toCondition(toNode(condition))).toEqual(condition);
  });

  it('of one part in a group is that part', () => {
    expect(toCondition(toNode({ all: [country] }))).toEqual(country);
  });

  it('of nothing is nobody left out', () => {
    expect(toCondition(toNode(undefined))).toBeUndefined();
    expect(toCondition(toNode({ all: [] }))).toBeUndefined();
  });

  it('keeps two refusals as one statement', () => {
    expect(toCondition(toNode({ not: { not: country } }))).toEqual(country);
  });

  it('stays the same however it is nested', () => {
    const leaf = fc.oneof(
      fc.record({
        attr: fc.constant('a'),
        op: fc.constant('eq' as const),
        value: fc.oneof(fc.boolean(), fc.string({ minLength: 1 })),
      }),
      fc.record({ segment: fc.constantFrom('s', 't') }),
    );
    const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ all: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }) }),
      ),
    }));
    fc.assert(
      fc.property(tree, (condition) => {
        expect(toCondition(toNode(condition))).toEqual(condition);
      }),
    );
  });
});

describe('what is missing before a save', () => {
  const test = emptyTest();
  it.each([
    [{ attr: '', text: 'x' }, 'attribute'],
    [{ attr: 'a', text: '' }, 'value'],
    [{ attr: 'a', op: 'gt', type: 'number', text: 'ten' }, 'number'],
    [{ attr: 'a', op: 'gt', type: 'number', text: '' }, 'number'],
    [{ attr: 'a', op: 'in', text: ' , ' }, 'list'],
    [{ attr: 'a', op: 'in', type: 'number', text: '1, b' }, 'number'],
    [{ attr: 'a', op: 'exists', text: '' }, undefined],
    [{ attr: 'a', type: 'boolean', text: '' }, undefined],
    [{ attr: 'a', text: 'x' }, undefined],
  ] as const)('%o lacks %s', (change, code) => {
    const row = { ...test, ...change };
    const group = { ...emptyGroup(), parts: [row] };
    expect(faultsOf(group).get(row.id)).toBe(code);
  });
});

it('reads lists between commas of either script and line ends', () => {
  expect(listItems('CN, SG，MY\n TH ,')).toEqual(['CN', 'SG', 'MY', 'TH']);
});

it('names the attributes that a condition asks for', () => {
  expect(
    attributesIn({
      all: [country, { not: { any: [{ attr: 'b', op: 'exists' }, { segment: 's' }] } }],
    }),
  ).toEqual(['country', 'b']);
});
