import { readFileSync } from 'node:fs';
import { evaluate } from '@assay/sdk/evaluate';
import { describe, expect, it } from 'vitest';
import { compile } from '@assay/server/delivery/compile';
import { started, stopped, withNextPhase } from '@assay/server/experiments/life';
import { checkout, definitions, made, metrics, noon, onePage } from '../../support/definitions.ts';

const act = { at: noon, by: 'ada', reason: 'start' };
const rule = { id: 'r1', experiment: 'one-page-checkout' };
const flagWith = (...rules: Record<string, unknown>[]) => ({
  ...checkout,
  environments: { production: { ...checkout.environments.production, rules } },
});
const running = (change: Record<string, unknown> = {}, salt = 'k3v9x1a') =>
  started(made('experiments', { ...onePage, ...change }), act, salt);
const asWritten = (experiment: object) => ({ ...experiment, revision: 1 });
const compiled = (experiment: { revision: number }, more: Record<string, unknown> = rule) =>
  compile(
    definitions({ flags: [flagWith(more)], metrics, experiments: [asWritten(experiment)] }, 42),
    'production',
    'server',
  );
const rulesOf = (...args: Parameters<typeof compiled>) =>
  compiled(...args).flags['checkout']?.rules;

describe('a ruleset', () => {
  it('is told as api.md says', () => {
    expect(compiled(running())).toEqual({
      schema: 1,
      version: 42,
      environment: 'production',
      flags: {
        checkout: {
          type: 'string',
          on: true,
          variants: { classic: 'classic', 'one-page': 'one_page' },
          off: 'classic',
          default: { variant: 'classic' },
          rules: [
            {
              id: 'r1',
              split: [
                ['classic', 1],
                ['one-page', 1],
              ],
              salt: 'k3v9x1a',
              unit: 'userId',
              coverage: 100_000,
              experiment: 'one-page-checkout',
              phase: 1,
              control: 'classic',
            },
          ],
        },
      },
      segments: {},
      holdouts: {},
      layers: {},
    });
  });

  it('leaves out what is not of this environment, and what is archived', () => {
    const flags = [
      { ...checkout, key: 'a', environments: { staging: checkout.environments.production } },
      { ...checkout, key: 'b', archived: true },
      { ...checkout, key: 'c' },
    ];
    const { flags: found } = compile(definitions({ flags }), 'production', 'server');
    expect(Object.keys(found)).toEqual(['c']);
  });

  it('has rollouts and a split default', () => {
    const split = [
      ['classic', 9],
      ['one-page', 1],
    ];
    const production = {
      ...checkout.environments.production,
      rules: [{ id: 'r', split, salt: 'abcdefg', unit: 'deviceId', coverage: 500, sticky: true }],
      default: { split, salt: 'gfedcba' },
    };
    const { flags } = compile(
      definitions({ flags: [{ ...checkout, environments: { production } }] }),
      'production',
      'server',
    );
    expect(flags['checkout']).toMatchObject({
      rules: [{ id: 'r', split, salt: 'abcdefg', unit: 'deviceId', coverage: 500, sticky: true }],
      default: { split, salt: 'gfedcba', unit: 'userId' },
    });
  });
});

describe('an experiment in a ruleset', () => {
  const china = { attr: 'country', op: 'eq', value: 'CN' };
  const pro = { attr: 'plan', op: 'eq', value: 'pro' };

  it('is for its audience within the rule’s condition', () => {
    const [only] = rulesOf(running({ audience: china }), { ...rule, if: pro }) ?? [];
    expect(only?.if).toEqual({ all: [pro, china] });
  });

  it('brings its layer and holdouts', () => {
    const change = { layer: { key: 'pages', slots: [[0, 5000]] }, holdouts: ['global'] };
    const now = definitions({
      flags: [flagWith(rule)],
      metrics,
      layers: [{ key: 'pages', salt: 'layers1' }, { key: 'unused' }],
      holdouts: [
        { key: 'global', share: 5000, salt: 'holdou1' },
        { key: 'unused', share: 1 },
      ],
      experiments: [asWritten(running(change))],
    });
    const ruleset = compile(now, 'production', 'server');
    expect(ruleset.flags['checkout']?.rules[0]).toMatchObject(change);
    expect(ruleset.layers).toEqual({ pages: { salt: 'layers1' } });
    expect(ruleset.holdouts).toEqual({ global: { salt: 'holdou1', share: 5000 } });
  });

  it.each([
    ['draft', made('experiments', onePage), []],
    [
      'stopped',
      stopped(running({ audience: china }), act),
      [{ id: 'r1', if: china, variant: 'classic' }],
    ],
    ['decided', made('experiments', { ...asWritten(running()), status: 'decided' }), []],
  ])('that is %s', (_, experiment, rules) => {
    expect(rulesOf(experiment)).toEqual(rules);
  });

  it('says its phase, and since which one stickiness counts', () => {
    const sticky = running({ sticky: true });
    expect(rulesOf(sticky)?.[0]).not.toHaveProperty('resetSticky');
    const second = withNextPhase(sticky, act);
    expect(rulesOf(second)?.[0]).toMatchObject({ phase: 2, sticky: true });
    expect(rulesOf(second)?.[0]).not.toHaveProperty('resetSticky');
    const redrawn = withNextPhase({ ...second, salt: 'newsalt' }, act);
    const fourth = withNextPhase(redrawn, act);
    expect(rulesOf(fourth)?.[0]).toMatchObject({ phase: 4, resetSticky: 3, salt: 'newsalt' });
  });
});

describe('a compiled experiment assigns as the golden vectors say', () => {
  interface Vectors {
    split: { salt: string; unit: string; split: [string, number][]; variant: string }[];
    coverage: { salt: string; unit: string; coverage: number; enrolled: boolean }[];
    layer: { salt: string; unit: string; slot: number }[];
    holdout: { salt: string; unit: string; share: number; heldOut: boolean }[];
  }
  const vectors = JSON.parse(
    readFileSync(new URL('../../golden/assignment.json', import.meta.url), 'utf8'),
  ) as Vectors;
  const serve = (
    change: Record<string, unknown>,
    { salt, unit }: { salt: string; unit: string },
    more: Record<string, readonly Record<string, unknown>[]> = {},
  ) => {
    const keys = ((change['variants'] ?? onePage.variants) as { key: string }[]).map((v) => v.key);
    const flag = { ...flagWith(rule), variants: keys.map((key) => ({ key, value: key })) };
    const production = {
      ...flag.environments.production,
      off: keys[0],
      default: { variant: keys[0] },
    };
    const now = definitions({
      flags: [{ ...flag, environments: { production } }],
      metrics,
      experiments: [asWritten(running({ control: keys[0], ...change }, salt))],
      ...more,
    });
    return evaluate(compile(now, 'production', 'client'), 'checkout', { userId: unit }, '');
  };

  it(`variants: ${vectors.split.length}`, () => {
    for (const { split, variant, ...drawn } of vectors.split) {
      const variants = split.map(([key, weight]) => ({ key, weight }));
      expect(serve({ variants }, drawn)).toMatchObject({ variant, reason: 'SPLIT' });
    }
  });
  it(`coverage: ${vectors.coverage.length}`, () => {
    for (const { coverage, enrolled, ...drawn } of vectors.coverage)
      expect(serve({ coverage }, drawn).reason).toBe(enrolled ? 'SPLIT' : 'DEFAULT');
  });
  it(`layer slots: ${vectors.layer.length}`, () => {
    for (const { slot, salt, unit } of vectors.layer) {
      const layers = [{ key: 'pages', salt }];
      const reasons = [
        [[slot, slot + 1]],
        [
          [0, slot],
          [slot + 1, 10_000],
        ],
      ].map(
        (slots) =>
          serve({ layer: { key: 'pages', slots } }, { salt: 'other', unit }, { layers }).reason,
      );
      expect(reasons).toEqual(['SPLIT', 'DEFAULT']);
    }
  });
  it(`holdouts: ${vectors.holdout.length}`, () => {
    for (const { share, heldOut, salt, unit } of vectors.holdout) {
      const holdouts = [{ key: 'global', share, salt }];
      const decision = serve({ holdouts: ['global'] }, { salt: 'other', unit }, { holdouts });
      expect(decision.reason).toBe(heldOut ? 'HOLDOUT' : 'SPLIT');
    }
  });
});
