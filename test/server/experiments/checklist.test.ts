import { describe, expect, it } from 'vitest';
import { checklist } from '@assay/server/experiments/checklist';
import { checkout, definitions, made, metrics, onePage } from '../../support/definitions.ts';

const open = (change: Record<string, unknown>, settings: Record<string, unknown> = {}) => {
  const production = { ...checkout.environments.production, ...settings };
  const now = definitions({ flags: [{ ...checkout, environments: { production } }], metrics });
  return checklist(made('experiments', { ...onePage, ...change }), now)
    .filter((item) => !item.ok)
    .map(({ id, blocking }) => `${id}${blocking ? '!' : ''}`);
};
const all = { id: 'r0', variant: 'classic' };
const some = { ...all, if: { attr: 'team', op: 'exists' } };

describe('before its start a plan', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['may be complete', {}, {}, []],
    ['needs a whole hypothesis', { hypothesis: { change: 'x', expect: ' ' } }, {}, ['hypothesis!']],
    [
      'needs a primary metric',
      { metrics: { guardrails: onePage.metrics.guardrails } },
      {},
      ['primaryMetric!'],
    ],
    ['had better have guardrails', { metrics: { primary: 'conversion' } }, {}, ['guardrails']],
    ['had better have a size', { plan: {} }, {}, ['plan']],
    [
      'needs a size for a fixed horizon',
      { plan: {}, analysis: { method: 'fixed' } },
      {},
      ['plan!'],
    ],
    [
      'needs a control that gets units',
      {
        variants: [
          { key: 'classic', weight: 0 },
          { key: 'one-page', weight: 1 },
        ],
      },
      {},
      ['split!'],
    ],
    ['needs all its parts', { metrics: { ...onePage.metrics, primary: 'gone' } }, {}, ['valid!']],
    ['needs its flag on', {}, { on: false }, ['flagOn!']],
    ['needs its flag set up there', { environment: 'staging' }, {}, ['flagOn!']],
    ['needs a rule that is reached', {}, { rules: [all] }, ['rule!']],
    ['may stand below a narrower rule', {}, { rules: [some] }, []],
    [
      'may stand above one for all',
      {},
      { rules: [{ id: 'r1', experiment: 'one-page-checkout' }, all] },
      [],
    ],
  ])('%s', (_, change, settings, missing) => {
    expect(open(change, settings)).toEqual(missing);
  });
});
