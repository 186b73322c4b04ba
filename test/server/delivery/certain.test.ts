import type { Condition } from '@assay/sdk';
import { compileCondition } from '@assay/sdk/evaluate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certain } from '@assay/server/delivery/certain';
import { definitions } from '../../support/definitions.ts';

const cn: Condition = { attr: 'country', op: 'eq', value: 'CN' };
const listed: Condition = { segment: 'listed' };
const around: Condition = { segment: 'around' };
const open: Condition = { segment: 'open' };
const now = definitions({
  segments: [
    { key: 'listed', units: { unit: 'userId', ids: ['u1', 'u2'] } },
    {
      key: 'around',
      if: { any: [{ segment: 'listed' }, { attr: 'plan', op: 'eq', value: 'pro' }] },
    },
    { key: 'open', if: cn },
  ],
});

describe('what is certain without a list', () => {
  it.each<[Condition, Condition | boolean]>([
    [cn, cn],
    [open, open],
    [listed, false],
    [{ not: listed }, false],
    [{ any: [listed, cn] }, cn],
    [{ all: [listed, cn] }, false],
    [{ not: { all: [listed, cn] } }, { not: cn }],
    [{ not: { any: [listed, cn] } }, false],
    [around, { attr: 'plan', op: 'eq', value: 'pro' }],
    [{ not: around }, false],
    [{ any: [{ not: { all: [] } }, { all: [] }] }, true],
    [{ segment: 'missing' }, { segment: 'missing' }],
  ])('of %j is %j', (condition, sure) => {
    expect(certain(condition, now)).toEqual(sure);
  });

  it('never holds for one for whom the whole condition does not hold', () => {
    const leaf = fc.constantFrom<Condition>(cn, listed, around, open);
    const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
        fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
        tie('tree').map((not) => ({ not })),
      ),
    }));
    const context = fc.record({
      userId: fc.constantFrom('u1', 'u2', 'u3'),
      country: fc.constantFrom('CN', 'SG'),
      plan: fc.constantFrom('pro', 'free'),
    });
    const whole = (key: string) => {
      const { if: condition, units } = now.segment(key)!;
      const list: Condition = { attr: 'userId', op: 'in', value: units?.ids ?? [] };
      return compileCondition(condition ?? list, whole);
    };
    fc.assert(
      fc.property(tree, context, (condition, unit) => {
        const sure = certain(condition, now);
        const holds = typeof sure === 'boolean' ? sure : compileCondition(sure, whole)(unit);
        expect(holds && !compileCondition(condition, whole)(unit)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
