import { describe, expect, it } from 'vitest';
import { checkLocks } from '@assay/server/flags/locks';
import {
  bodyOf,
  checkout,
  definitions,
  made,
  metrics,
  onePage,
} from '../../support/definitions.ts';

const rule = { id: 'r1', experiment: 'one-page-checkout' };
const withRules = (...rules: Record<string, unknown>[]) => ({
  ...checkout,
  environments: { production: { ...checkout.environments.production, rules } },
});
const found = (status: string, body: Record<string, unknown>) => {
  const now = definitions({ flags: [checkout], metrics, experiments: [{ ...onePage, status }] });
  const before = made('flags', withRules(rule));
  return checkLocks(bodyOf('flags', body), now, before).map((f) => `${f.path}: ${f.message}`);
};
const other = { id: 'r0', variant: 'classic', if: { attr: 'team', op: 'exists' } };

describe('while an experiment runs on it, a flag', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'may be switched off',
      {
        ...withRules(rule),
        environments: { production: { ...withRules(rule).environments.production, on: false } },
      },
      [],
    ],
    ['may get rules above', withRules(other, rule), []],
    [
      'keeps its rule',
      withRules(other),
      [
        'environments.production.rules: Rule "r1" holds the experiment "one-page-checkout", which is running: decide it, and the rule goes with it',
      ],
    ],
    [
      'keeps its environment',
      { ...checkout, environments: {} },
      [
        'environments.production.rules: Rule "r1" holds the experiment "one-page-checkout", which is running: decide it, and the rule goes with it',
      ],
    ],
    [
      'keeps whom the rule means',
      withRules({ ...rule, if: { attr: 'country', op: 'eq', value: 'CN' } }),
      [
        'environments.production.rules.0.if: Rule "r1" says who takes part in "one-page-checkout", which is running: amend its audience instead',
      ],
    ],
    [
      'keeps the values it serves',
      {
        ...withRules(rule),
        variants: [checkout.variants[0], { key: 'one-page', value: 'two_pages' }],
      },
      [
        'variants.1.value: Variant "one-page" is served by the experiment "one-page-checkout", which is running',
      ],
    ],
    [
      'keeps the variants it serves',
      { ...withRules(rule), variants: [checkout.variants[0]] },
      [
        'variants: Variant "one-page" is served by the experiment "one-page-checkout", which is running',
      ],
    ],
    [
      'keeps its type',
      { ...withRules(rule), type: 'json' },
      ['type: is "json", must stay "string": the experiment "one-page-checkout" is running'],
    ],
  ])('%s', (_, body, findings) => {
    expect(found('running', body)).toEqual(findings);
  });

  it.each([
    ['draft', 0],
    ['running', 1],
    ['stopped', 1],
    ['decided', 0],
  ])('a %s experiment holds its rule: %i', (status, locks) => {
    expect(found(status, withRules())).toHaveLength(locks);
  });
});
