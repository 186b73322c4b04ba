import { evaluate, type Context, type FlagValue, type Ruleset } from '@assay/sdk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flag, half, ruleset } from './rulesets.ts';

const u1 = { userId: 'u1' };
const u2 = { userId: 'u2' };
const ask = (rules: Ruleset, context: Context = u1, fallback: FlagValue = 'mine') => {
  const { value, variant, reason, rule, error, exposure } = evaluate(rules, 'f', context, fallback);
  return [value, variant, reason, rule, error, exposure?.experiment];
};
const none = undefined;
const { split, salt, unit } = half;

describe('the order of evaluation', () => {
  it('serves the default of the caller for an unknown flag', () => {
    expect(ask(ruleset({}))).toEqual(['mine', none, 'ERROR', none, 'FLAG_NOT_FOUND', none]);
  });
  it.each(['constructor', '__proto__', 'toString'])('knows no flag %s by inheritance', (key) => {
    expect(evaluate(ruleset({}), key, u1, 1)).toMatchObject({ value: 1, error: 'FLAG_NOT_FOUND' });
  });
  it('serves the off variant when switched off', () => {
    const off = flag([half], { on: false, off: 'c' });
    expect(ask(ruleset({ f: off }))).toEqual(['C', 'c', 'DISABLED', none, none, none]);
    const unsaid = flag([half], { on: false, off: null });
    expect(ask(ruleset({ f: unsaid }))).toEqual(['mine', none, 'DISABLED', none, none, none]);
  });
  it('serves the default when no rule serves', () => {
    expect(ask(ruleset({ f: flag([]) }))).toEqual(['A', 'a', 'DEFAULT', none, none, none]);
  });
  it('serves a fixed variant: static without any condition, else by targeting', () => {
    const fixed = { id: 'r1', variant: 'b' };
    expect(ask(ruleset({ f: flag([fixed]) }))).toEqual(['B', 'b', 'STATIC', 'r1', none, none]);
    const never = { id: 'r0', if: { attr: 'x', op: 'exists' }, variant: 'c' } as const;
    expect(ask(ruleset({ f: flag([never, fixed]) }))).toEqual([
      'B',
      'b',
      'TARGETING_MATCH',
      'r1',
      none,
      none,
    ]);
  });
  it('asks the rules from the top', () => {
    const pro = { id: 'pro', if: { attr: 'plan', op: 'eq', value: 'pro' }, variant: 'c' } as const;
    const rules = ruleset({ f: flag([pro, half]) });
    expect(ask(rules, { ...u1, plan: 'pro' })).toEqual([
      'C',
      'c',
      'TARGETING_MATCH',
      'pro',
      none,
      none,
    ]);
    expect(ask(rules, { ...u1, plan: 'free' })).toEqual(['B', 'b', 'SPLIT', 'r1', none, none]);
    expect(ask(rules, { ...u2, plan: 'free' })).toEqual(['A', 'a', 'SPLIT', 'r1', none, none]);
  });
  it('reports an exposure of an experiment, with its phase and unit', () => {
    const rules = ruleset({ f: flag([{ ...half, experiment: 'exp', phase: 3 }]) });
    expect(evaluate(rules, 'f', u1, 'mine').exposure).toMatchObject({
      flag: 'f',
      experiment: 'exp',
      variant: 'b',
      phase: 3,
      unitType: 'userId',
    });
    const byDevice = ruleset({ f: flag([{ ...half, unit: 'device.id', experiment: 'exp' }]) });
    const met = evaluate(byDevice, 'f', { device: { id: 'u1' } }, 'mine').exposure;
    expect(met).toMatchObject({ unitType: 'device.id', phase: 1 });
    expect(met?.meeting.unit({ device: { id: 'u1' } })).toBe('u1');
  });
  it.each([{}, { userId: '' }, { userId: null }, { userId: { a: 1 } }, { userId: Infinity }])(
    'skips a rule without its unit: %j',
    (context) => {
      const rules = [
        half,
        { id: 'r2', if: { attr: 'plan', op: 'eq', value: 'pro' }, variant: 'c' },
      ] as const;
      expect(ask(ruleset({ f: flag(rules) }), context)).toEqual([
        'A',
        'a',
        'TARGETING_KEY_MISSING',
        none,
        none,
        none,
      ]);
      expect(ask(ruleset({ f: flag(rules) }), { ...context, plan: 'pro' })).toEqual([
        'C',
        'c',
        'TARGETING_MATCH',
        'r2',
        none,
        none,
      ]);
      const all = flag([], { default: { split, salt, unit } });
      expect(ask(ruleset({ f: all }), context)).toEqual([
        'mine',
        none,
        'TARGETING_KEY_MISSING',
        none,
        none,
        none,
      ]);
    },
  );
  it('hashes numbers as JSON writes them', () => {
    const units = [12_345, 0.1, 1e21, -7, 0];
    for (const userId of units) {
      const asText = { userId: JSON.stringify(userId) };
      const rules = ruleset({ f: flag([half]) });
      expect(ask(rules, { userId })).toEqual(ask(rules, asText));
    }
  });
  it('splits the default too', () => {
    expect(ask(ruleset({ f: flag([], { default: { split, salt, unit } }) }))).toEqual([
      'B',
      'b',
      'DEFAULT',
      none,
      none,
      none,
    ]);
  });
});

describe('prerequisites', () => {
  const parent = flag([{ id: 'p', if: { attr: 'plan', op: 'eq', value: 'pro' }, variant: 'b' }]);
  const requires = [{ flag: 'parent', variants: ['b'] }];
  const rules = ruleset({ parent, f: flag([half], { off: 'c', requires }) });
  it('serve the off variant unless met', () => {
    expect(ask(rules, u1)).toEqual(['C', 'c', 'PREREQUISITE_FAILED', none, none, none]);
    expect(ask(rules, { ...u1, plan: 'pro' })).toEqual(['B', 'b', 'SPLIT', 'r1', none, none]);
  });
  it('fail when the flag is not there', () => {
    const alone = ruleset({ f: flag([half], { off: 'c', requires }) });
    expect(ask(alone)).toEqual(['C', 'c', 'PREREQUISITE_FAILED', none, none, none]);
  });
  it('in a circle are an error, soon', () => {
    const a = flag([], {
      requires: [
        { flag: 'b', variants: ['a'] },
        { flag: 'b', variants: ['a'] },
      ],
    });
    const b = flag([], {
      requires: [
        { flag: 'f', variants: ['a'] },
        { flag: 'f', variants: ['a'] },
      ],
    });
    expect(ask(ruleset({ f: a, b }))).toEqual(['mine', none, 'ERROR', none, 'GENERAL', none]);
  });
});

describe('experiments', () => {
  const experiment = { ...half, experiment: 'exp', control: 'a' };
  const holdouts = { h: { salt: 'k3v9x1a', share: 5_000 } };
  it('give a held-out unit the control, without an exposure', () => {
    const rules = ruleset(
      { f: flag([{ ...experiment, control: 'c', holdouts: ['h'] }]) },
      { holdouts },
    );
    expect(ask(rules, u2)).toEqual(['C', 'c', 'HOLDOUT', 'r1', none, none]);
    expect(ask(rules, u1)).toEqual(['B', 'b', 'SPLIT', 'r1', none, 'exp']);
  });
  it('own slots of a layer, half open', () => {
    const layers = { l: { salt: 'k3v9x1a' } };
    const owning = (...slots: [number, number][]) =>
      ruleset({ f: flag([{ ...experiment, layer: { key: 'l', slots } }]) }, { layers });
    expect(ask(owning([7_507, 7_508]))).toEqual(['B', 'b', 'SPLIT', 'r1', none, 'exp']);
    expect(ask(owning([0, 7_507], [7_508, 10_000]))).toEqual([
      'A',
      'a',
      'DEFAULT',
      none,
      none,
      none,
    ]);
    expect(ask(owning([0, 100], [7_000, 8_000]))).toEqual(['B', 'b', 'SPLIT', 'r1', none, 'exp']);
    const unknown = ruleset({
      f: flag([{ ...experiment, layer: { key: 'l', slots: [[0, 10_000]] } }]),
    });
    expect(ask(unknown)).toEqual(['A', 'a', 'DEFAULT', none, none, none]);
  });
  it('enrol by coverage', () => {
    const covering = (coverage: number) => ruleset({ f: flag([{ ...experiment, coverage }]) });
    expect(ask(covering(0))[2]).toBe('DEFAULT');
    expect(ask(covering(100_000))[2]).toBe('SPLIT');
  });
  it('are asked for the holdout before the layer and coverage', () => {
    const rules = ruleset(
      { f: flag([{ ...experiment, coverage: 0, holdouts: ['h'] }]) },
      { holdouts },
    );
    expect(ask(rules, u2)[2]).toBe('HOLDOUT');
  });
});

describe('the type of the value', () => {
  const json = flag([], { type: 'json', variants: { a: { x: 1 } } });
  it.each([
    ['a string for a number', flag([]), 1],
    ['an object for a list', json, []],
    ['an object for a string', json, 'x'],
    ['null for an object', flag([], { type: 'json', variants: { a: null } }), {}],
  ])('%s is a mismatch', (_, f, fallback) => {
    expect(ask(ruleset({ f }), u1, fallback)).toEqual([
      fallback,
      none,
      'ERROR',
      none,
      'TYPE_MISMATCH',
      none,
    ]);
  });
  it.each([
    ['a string', flag([]), 'x', 'A'],
    ['an object', json, {}, { x: 1 }],
    ['anything for null', json, null, { x: 1 }],
    ['false', flag([], { type: 'boolean', variants: { a: false } }), true, false],
    ['zero', flag([], { type: 'number', variants: { a: 0 } }), 9, 0],
    ['an empty text', flag([], { variants: { a: '' } }), 'x', ''],
  ])('%s is served', (_, f, fallback, value) => {
    expect(ask(ruleset({ f }), u1, fallback)[0]).toEqual(value);
  });
  it('is frozen, because all callers share it', () => {
    const value = evaluate(
      ruleset({ f: flag([], { variants: { a: { deep: { list: [1] } } } }) }),
      'f',
      u1,
      {},
    ).value as { deep: { list: number[] } };
    expect(() => value.deep.list.push(2)).toThrow(TypeError);
  });
});

describe('whatever it is given', () => {
  it('answers and never throws', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.anything(),
        fc.string(),
        fc.anything(),
        (rules, context, key, fallback) => {
          const decision = evaluate(
            rules as Ruleset,
            key,
            context as Context,
            fallback as FlagValue,
          );
          expect(decision.reason).toBe('ERROR');
          expect(decision.value).toBe(fallback);
        },
      ),
      { numRuns: 3_000 },
    );
  });
  it('serves the caller’s default where a definition cannot be read', () => {
    const garbage = fc.record(
      {
        on: fc.constant(true),
        variants: fc.anything(),
        off: fc.anything(),
        rules: fc.oneof(fc.anything(), fc.array(fc.anything())),
        default: fc.anything(),
        requires: fc.anything(),
      },
      { requiredKeys: ['on'] },
    );
    fc.assert(
      fc.property(garbage, fc.anything(), (f, context) => {
        const decision = evaluate(ruleset({ f: f as never }), 'f', context as Context, 'mine');
        expect(typeof decision.reason).toBe('string');
        expect(decision.value).toBeDefined();
      }),
      { numRuns: 5_000 },
    );
  });
  it('survives conditions nested beyond the stack, and segments that contain themselves', () => {
    let deep: object = { attr: 'a', op: 'exists' };
    for (let i = 0; i < 100_000; i++) deep = { not: deep };
    const f = flag([{ id: 'r', if: deep as never, variant: 'b' }]);
    expect(ask(ruleset({ f }))).toEqual(['mine', none, 'ERROR', none, 'GENERAL', none]);
    const inward = flag([{ id: 'r', if: { segment: 's' }, variant: 'b' }]);
    const segments = {
      s: { any: [{ segment: 't' }, { segment: 't' }] },
      t: { not: { segment: 's' } },
    };
    expect(ask(ruleset({ f: inward }, { segments }))).toEqual([
      'mine',
      none,
      'ERROR',
      none,
      'GENERAL',
      none,
    ]);
  });
});
