import { evaluate } from '@assay/sdk/evaluate';
import { describe, expect, it } from 'vitest';
import { compile } from '@assay/server/delivery/compile';
import { started } from '@assay/server/experiments/life';
import { checkout, definitions, made, metrics, noon, onePage } from '../../support/definitions.ts';

const act = { at: noon, by: 'ada', reason: '' };
const on = (settings: Record<string, unknown>) => ({
  production: { ...checkout.environments.production, ...settings },
});
const experiment = (change: Record<string, unknown>) => {
  const { revision: _, ...written } = started(
    made('experiments', { ...onePage, ...change }),
    act,
    'k3v9x1a',
  );
  return written;
};

/** Everything that is secret has "secret" in its name: then one look at the text finds a leak. */
const now = definitions({
  metrics,
  segments: [
    {
      key: 'secret-list',
      name: 'secret',
      units: { unit: 'userId', ids: ['secret-u1', 'secret-u2'] },
    },
    { key: 'open', description: 'secret', if: { attr: 'country', op: 'eq', value: 'CN' } },
    { key: 'secret-unused', if: { attr: 'secret', op: 'exists' } },
    { key: 'wraps', if: { any: [{ segment: 'secret-list' }, { segment: 'open' }] } },
  ],
  layers: [{ key: 'secret-layer' }, { key: 'pages' }],
  holdouts: [{ key: 'secret-holdout', share: 1 }],
  experiments: [
    experiment({
      name: 'secret',
      hypothesis: { because: 'secret', change: 'c', expect: 'e' },
      layer: { key: 'pages', slots: [[0, 10_000]] },
    }),
    experiment({
      key: 'secret-experiment',
      flag: 'secret-flag',
      holdouts: ['secret-holdout'],
      layer: { key: 'secret-layer', slots: [[0, 1]] },
    }),
    { ...onePage, key: 'secret-draft' },
  ],
  flags: [
    {
      ...checkout,
      name: 'secret',
      description: 'secret',
      owner: 'secret',
      tags: ['secret'],
      variants: checkout.variants.map((v) => ({ ...v, name: 'secret' })),
      environments: on({
        rules: [
          { id: 'listed', name: 'secret', variant: 'one-page', if: { segment: 'secret-list' } },
          { id: 'unlisted', variant: 'one-page', if: { not: { segment: 'secret-list' } } },
          { id: 'wrapped', variant: 'one-page', if: { segment: 'wraps' } },
          { id: 'draft', experiment: 'secret-draft' },
          { id: 'r1', experiment: 'one-page-checkout' },
        ],
      }),
    },
    {
      ...checkout,
      key: 'secret-flag',
      clientVisible: false,
      environments: on({ rules: [{ id: 'x', experiment: 'secret-experiment' }] }),
    },
    { ...checkout, key: 'secret-fixed', clientVisible: false },
    {
      ...checkout,
      key: 'secret-staging',
      environments: { staging: checkout.environments.production },
    },
    {
      ...checkout,
      key: 'off',
      environments: on({
        on: false,
        rules: [{ id: 'secret-rule', variant: 'one-page', if: { attr: 'secret', op: 'exists' } }],
        requires: [{ flag: 'checkout', variants: ['classic'] }],
      }),
    },
    {
      ...checkout,
      key: 'needs-fixed',
      environments: on({ default: { variant: 'one-page' } }),
      requires: [{ flag: 'secret-fixed', variants: ['classic'] }],
    },
    {
      ...checkout,
      key: 'needs-other',
      environments: on({ default: { variant: 'one-page' } }),
      requires: [{ flag: 'secret-fixed', variants: ['one-page'] }],
    },
    {
      ...checkout,
      key: 'needs-hidden',
      environments: on({ default: { variant: 'one-page' } }),
      requires: [{ flag: 'secret-flag', variants: ['classic'] }],
    },
    {
      ...checkout,
      key: 'needs-shown',
      environments: on({ default: { variant: 'one-page' } }),
      requires: [{ flag: 'checkout', variants: ['one-page'] }],
    },
  ],
});
const client = compile(now, 'production', 'client');
const server = compile(now, 'production', 'server');

describe('what a client key gets', () => {
  it('has nothing in it that should not be there', () => {
    expect(JSON.stringify(client)).not.toContain('secret');
    expect(JSON.stringify(server)).toContain('secret-u1');
  });

  it('has the flags that clients may see', () => {
    expect(Object.keys(client.flags)).toEqual([
      'checkout',
      'needs-fixed',
      'needs-hidden',
      'needs-other',
      'needs-shown',
      'off',
    ]);
  });

  it('serves a rule only to those for whom it surely holds', () => {
    expect(client.flags['checkout']?.rules.map((r) => [r.id, r.if])).toEqual([
      ['wrapped', { segment: 'open' }],
      ['r1', undefined],
    ]);
    expect(client.segments).toEqual({ open: { attr: 'country', op: 'eq', value: 'CN' } });
    expect(client.layers).toEqual({ pages: { salt: 'k3v9x1a' } });
  });

  it.each([
    ['needs-fixed', 'one-page', 'DEFAULT'],
    ['needs-other', 'classic', 'DISABLED'],
    ['needs-hidden', 'classic', 'DISABLED'],
    ['needs-shown', 'classic', 'PREREQUISITE_FAILED'],
    ['off', 'classic', 'DISABLED'],
  ])('decides %s: %s, %s', (flag, variant, reason) => {
    const context = { userId: 'u2', country: 'SG' };
    expect(evaluate(client, flag, context, '')).toMatchObject({ variant, reason });
  });
});

it('a server key gets the lists as conditions', () => {
  expect(server.segments).toEqual({
    open: { attr: 'country', op: 'eq', value: 'CN' },
    'secret-list': { attr: 'userId', op: 'in', value: ['secret-u1', 'secret-u2'] },
    wraps: { any: [{ segment: 'secret-list' }, { segment: 'open' }] },
  });
  expect(evaluate(server, 'checkout', { userId: 'secret-u1' }, '').rule).toBe('listed');
  expect(evaluate(server, 'checkout', { userId: 'u9' }, '').rule).toBe('unlisted');
});
