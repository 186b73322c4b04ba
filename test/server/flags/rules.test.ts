import { describe, expect, it } from 'vitest';
import { flagRules } from '@assay/server/flags/rules';
import {
  bodyOf,
  checkout,
  countingBytes,
  definitions,
  made,
  metrics,
  onePage,
} from '../../support/definitions.ts';

const now = definitions({
  flags: [
    checkout,
    { ...checkout, key: 'cart', requires: [{ flag: 'checkout', variants: ['one-page'] }] },
    { ...checkout, key: 'gone', archived: true },
  ],
  metrics,
  experiments: [
    onePage,
    { ...onePage, key: 'elsewhere', flag: 'cart' },
    { ...onePage, key: 'staged', environment: 'staging' },
    { ...onePage, key: 'over', status: 'decided' },
  ],
});
const production = (settings: Record<string, unknown>) => ({
  environments: { production: { ...checkout.environments.production, ...settings } },
});
const rules = (...list: Record<string, unknown>[]) =>
  production({ rules: list.map((rule, i) => Object.assign({ id: `r${i}` }, rule)) });
const found = (change: Record<string, unknown>) =>
  flagRules
    .check(bodyOf('flags', { ...checkout, ...change }), now)
    .map((f) => `${f.path}: ${f.message}`);
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe('a flag', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['as it is', {}, []],
    [
      'variants twice',
      { variants: [...checkout.variants, { key: 'classic', value: 'c' }] },
      ['variants.2.key: Variant "classic" is there already'],
    ],
    [
      'a value of another type',
      { variants: [checkout.variants[0], { key: 'one-page', value: 1 }] },
      ['variants.1.value: is 1, must be a string'],
    ],
    ['JSON 16 deep', { type: 'json', variants: [{ key: 'classic', value: nested(16) }] }, []],
    [
      'JSON 17 deep',
      { type: 'json', variants: [{ key: 'classic', value: nested(17) }] },
      ['variants.0.value: is nested deeper than 16'],
    ],
    [
      'an unknown environment',
      { environments: { prodution: checkout.environments.production } },
      ['environments.prodution: Unknown environment "prodution"; did you mean "production"?'],
    ],
    [
      'an off variant that is not there',
      production({ off: 'none' }),
      ['environments.production.off: Unknown variant "none"'],
    ],
    [
      'a default that is not there',
      production({ default: { variant: 'clasic' } }),
      [
        'environments.production.default.variant: Unknown variant "clasic"; did you mean "classic"?',
      ],
    ],
    [
      'a rule that serves what is not there',
      rules({ variant: 'two' }),
      ['environments.production.rules.0.variant: Unknown variant "two"'],
    ],
    [
      'weights of 0 in all',
      rules({
        split: [
          ['classic', 0],
          ['one-page', 0],
        ],
      }),
      ['environments.production.rules.0.split: weights add up to 0, must be from 1 to 1000000'],
    ],
    [
      'weights of more than a million',
      rules({
        split: [
          ['classic', 1_000_000],
          ['one-page', 1],
        ],
      }),
      [
        'environments.production.rules.0.split: weights add up to 1000001, must be from 1 to 1000000',
      ],
    ],
    [
      'a variant twice in a split',
      rules({
        split: [
          ['classic', 1],
          ['classic', 1],
        ],
      }),
      ['environments.production.rules.0.split.1.0: Variant "classic" is in the split already'],
    ],
    [
      'two rules of one name',
      rules({ id: 'r', variant: 'classic' }, { id: 'r', variant: 'classic' }),
      ['environments.production.rules.1.id: Another rule is called "r" already'],
    ],
    [
      'an unknown segment',
      rules({ variant: 'classic', if: { segment: 'vip' } }),
      ['environments.production.rules.0.if.segment: Unknown segment "vip"'],
    ],
    [
      'coverage of a fixed variant',
      rules({ variant: 'classic', coverage: 500 }),
      ['environments.production.rules.0.coverage: coverage needs a split'],
    ],
    ['its own experiment', rules({ experiment: 'one-page-checkout' }), []],
    [
      'an unknown experiment',
      rules({ experiment: 'one-page-checkot' }),
      [
        'environments.production.rules.0.experiment: Unknown experiment "one-page-checkot"; did you mean "one-page-checkout"?',
      ],
    ],
    [
      'an experiment of another flag',
      rules({ experiment: 'elsewhere' }),
      [
        'environments.production.rules.0.experiment: Experiment "elsewhere" is on flag "cart", not on "checkout"',
      ],
    ],
    [
      'an experiment of another environment',
      rules({ experiment: 'staged' }),
      [
        'environments.production.rules.0.experiment: Experiment "staged" runs in "staging", not in "production"',
      ],
    ],
    [
      'a decided experiment',
      rules({ experiment: 'over' }),
      [
        'environments.production.rules.0.experiment: Experiment "over" is decided: serve its outcome as a variant',
      ],
    ],
    [
      'an experiment twice',
      rules({ experiment: 'one-page-checkout' }, { experiment: 'one-page-checkout' }),
      [
        'environments.production.rules.1.experiment: Experiment "one-page-checkout" has a rule above already',
      ],
    ],
    [
      'coverage that is the experiment’s',
      rules({ experiment: 'one-page-checkout', coverage: 500 }),
      [
        'environments.production.rules.0.coverage: coverage is the experiment\'s own: change it on "one-page-checkout"',
      ],
    ],
    [
      'an unknown prerequisite',
      { requires: [{ flag: 'cary', variants: ['classic'] }] },
      ['requires.0.flag: Unknown flag "cary"; did you mean "cart"?'],
    ],
    [
      'an archived prerequisite',
      { requires: [{ flag: 'gone', variants: ['classic'] }] },
      ['requires.0.flag: The flag "gone" is archived'],
    ],
    [
      'itself as prerequisite',
      { requires: [{ flag: 'checkout', variants: ['classic'] }] },
      ['requires: Flags cannot wait for each other: checkout → checkout'],
    ],
    [
      'a circle of prerequisites',
      { requires: [{ flag: 'cart', variants: ['classic'] }] },
      ['requires: Flags cannot wait for each other: checkout → cart → checkout'],
    ],
    [
      'a circle in one environment',
      production({ requires: [{ flag: 'cart', variants: ['classic'] }] }),
      [
        'environments.production.requires: Flags cannot wait for each other: checkout → cart → checkout',
      ],
    ],
    [
      'a variant that the prerequisite has not',
      { key: 'new', requires: [{ flag: 'cart', variants: ['two-page'] }] },
      ['requires.0.variants.0: Unknown variant "two-page"'],
    ],
  ])('with %s', (_, change, findings) => {
    expect(found(change)).toEqual(findings);
  });
});

describe('the salts of rollouts', () => {
  const rollout = rules({
    split: [
      ['classic', 1],
      ['one-page', 1],
    ],
  });
  const salted = (body: Record<string, unknown>, before?: Record<string, unknown>) => {
    const done = flagRules.complete?.(
      bodyOf('flags', { ...checkout, ...body }),
      countingBytes(),
      before && made('flags', { ...checkout, ...before }),
    );
    return (done as { environments: { production: { rules: { salt?: string; unit?: string }[] } } })
      .environments.production.rules[0];
  };

  it('are made where they are missing', () => {
    expect(salted(rollout)).toMatchObject({ salt: 'abcdefg', unit: 'userId' });
  });

  it('stay when a writer leaves them out', () => {
    const before = rules({ split: [['classic', 1]], salt: 'kept', unit: 'deviceId' });
    expect(salted(rollout, before)).toMatchObject({ salt: 'kept', unit: 'deviceId' });
  });

  it('are a writer’s own where given', () => {
    const own = rules({ split: [['classic', 1]], salt: 'mine' });
    expect(salted(own, rules({ split: [['classic', 1]], salt: 'kept' }))?.salt).toBe('mine');
  });
});
