import { describe, expect, it } from 'vitest';
import { experimentRules } from '@assay/server/experiments/rules';
import {
  bodyOf,
  checkout,
  definitions,
  made,
  metrics,
  onePage,
} from '../../support/definitions.ts';

const slots = (...ranges: [number, number][]) => ({ layer: { key: 'pages', slots: ranges } });
const now = definitions({
  flags: [checkout],
  metrics: [...metrics, { ...metrics[0], key: 'old-conversion', archived: true }],
  layers: [{ key: 'pages' }, { key: 'devices', unit: 'deviceId' }],
  holdouts: [
    { key: 'global', share: 5000 },
    { key: 'device-global', unit: 'deviceId', share: 1 },
  ],
  experiments: [
    { ...onePage, key: 'taken', status: 'running', ...slots([0, 2500]) },
    { ...onePage, key: 'planned', ...slots([2500, 3000]) },
    { ...onePage, key: 'staged', environment: 'staging', ...slots([5000, 6000]) },
    { ...onePage, key: 'finished', status: 'stopped', ...slots([6000, 7000]) },
  ],
});
const found = (change: Record<string, unknown>) =>
  experimentRules
    .check(bodyOf('experiments', { ...onePage, ...change }), now)
    .map((f) => `${f.path}: ${f.message}`);

describe('a plan', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['as it is', {}, []],
    [
      'with a flag that is not there',
      { flag: 'chekout' },
      ['flag: Unknown flag "chekout"; did you mean "checkout"?'],
    ],
    [
      'with an environment that is not there',
      { environment: 'prod' },
      ['environment: Unknown environment "prod"'],
    ],
    [
      'with a variant that the flag has not',
      { variants: [...onePage.variants, { key: 'two-page', weight: 1 }] },
      ['variants.2.key: Unknown variant "two-page"'],
    ],
    [
      'with a variant twice',
      { variants: [...onePage.variants, { key: 'classic', weight: 1 }] },
      ['variants.2.key: Variant "classic" is there already'],
    ],
    [
      'with no weight at all',
      { variants: onePage.variants.map((v) => ({ ...v, weight: 0 })) },
      ['variants: weights add up to 0, must be from 1 to 1000000'],
    ],
    ['with a control that takes no part', { control: 'none' }, ['control: Unknown variant "none"']],
    [
      'with an unknown metric',
      { metrics: { primary: 'conversions' } },
      ['metrics.primary: Unknown metric "conversions"; did you mean "conversion"?'],
    ],
    [
      'with an archived metric',
      { metrics: { primary: 'old-conversion' } },
      ['metrics.primary: The metric "old-conversion" is archived'],
    ],
    [
      'with a metric in two roles',
      { metrics: { primary: 'conversion', guardrails: [{ metric: 'conversion' }] } },
      [
        'metrics.guardrails.0.metric: Metric "conversion" has a role already; one metric has one role',
      ],
    ],
    [
      'with an unknown layer',
      { layer: { key: 'page', slots: [[0, 1]] } },
      ['layer.key: Unknown layer "page"; did you mean "pages"?'],
    ],
    [
      'with a layer of another unit',
      { layer: { key: 'devices', slots: [[0, 1]] } },
      ['unit: is "userId", but layer "devices" is drawn by "deviceId"'],
    ],
    [
      'with an unknown holdout',
      { holdouts: ['globe'] },
      ['holdouts.0: Unknown holdout "globe"; did you mean "global"?'],
    ],
    [
      'with a holdout of another unit',
      { holdouts: ['global', 'device-global'] },
      ['unit: is "userId", but holdout "device-global" is drawn by "deviceId"'],
    ],
    ['with a time zone', { timeZone: 'Asia/Shanghai' }, []],
    [
      'with a time zone that is none',
      { timeZone: 'China' },
      ['timeZone: is "China", must be a time zone such as Asia/Shanghai'],
    ],
    [
      'with an unknown segment',
      { audience: { segment: 'vip' } },
      ['audience.segment: Unknown segment "vip"'],
    ],
    ['with slots beside others', slots([3000, 5000], [5000, 7000]), []],
    [
      'with slots of a running experiment',
      slots([2000, 2500]),
      ['layer.slots.0: [2000, 2500] overlaps [0, 2500] of the experiment "taken" (running)'],
    ],
    [
      'with slots of a plan',
      slots([3000, 4000], [2999, 3000]),
      ['layer.slots.1: [2999, 3000] overlaps [2500, 3000] of the experiment "planned" (draft)'],
    ],
    [
      'with slots twice',
      slots([4000, 5000], [4500, 5500]),
      ['layer.slots.1: [4500, 5500] overlaps [4000, 5000] above'],
    ],
    [
      'with an empty range',
      slots([4000, 4000]),
      ['layer.slots.0: is [4000, 4000], must be [from, to) with from below to'],
    ],
  ])('%s', (_, change, findings) => {
    expect(found(change)).toEqual(findings);
  });

  it('leaves no rule behind when a draft goes to another flag', () => {
    const rule = { id: 'r', experiment: 'one-page-checkout' };
    const production = { ...checkout.environments.production, rules: [rule] };
    const flags = [
      { ...checkout, environments: { production } },
      { ...checkout, key: 'cart' },
    ];
    const moved = bodyOf('experiments', { ...onePage, flag: 'cart' });
    const all = definitions({ flags, metrics, experiments: [onePage] });
    expect(experimentRules.check(moved, all, made('experiments', onePage))).toEqual([
      {
        path: 'flag',
        message: 'Flag "checkout" has a rule of this experiment in "production": remove it first',
      },
    ]);
  });
});

describe('the lock', () => {
  const locked = (status: string, change: Record<string, unknown>) =>
    experimentRules
      .locked?.(
        bodyOf('experiments', { ...onePage, ...change }),
        now,
        made('experiments', {
          ...onePage,
          status,
          startedAt: status === 'draft' ? null : '2026-03-02T12:00:00Z',
        }),
      )
      .map((f) => f.path);
  const everything = {
    name: 'New',
    description: 'New',
    owner: 'new',
    tags: ['new'],
    coverage: 5000,
    audience: { attr: 'a', op: 'exists' },
    metrics: { ...onePage.metrics, primary: 'revenue', secondary: [] },
  };

  it.each([
    ['draft', []],
    ['running', ['coverage', 'metrics.primary', 'metrics.secondary', 'audience']],
    ['stopped', ['coverage', 'metrics.primary', 'metrics.secondary', 'audience']],
    ['decided', ['status']],
    ['archived', ['status']],
  ])('of a %s one keeps %j', (status, paths) => {
    expect(locked(status, everything)?.toSorted()).toEqual([...paths].toSorted());
  });

  it('opens for words while running', () => {
    expect(locked('running', { name: 'New', tags: ['a', 'b'] })).toEqual([]);
  });

  it('says what to do instead', () => {
    const [finding] =
      experimentRules.locked?.(
        bodyOf('experiments', { ...onePage, coverage: 1 }),
        now,
        made('experiments', { ...onePage, status: 'running', startedAt: '2026-03-02T12:00:00Z' }),
      ) ?? [];
    expect(finding?.message).toContain('POST /api/experiments/one-page-checkout/amend');
  });
});
