import { draftBody, flagBodyFor } from '@assay/console/features/setup/new-draft';
import { experimentBody, flagBody } from '@assay/server/contract/definitions';
import type { Flag } from '@assay/server/contract';
import { expect, it } from 'vitest';

const named = { name: 'One page', key: 'one-page' };

it('makes a flag that is on and serves the control to everybody', () => {
  const body = flagBody.parse(flagBodyFor(named, 'staging'));
  expect(body.environments).toEqual({
    staging: { on: true, off: 'control', rules: [], default: { variant: 'control' } },
  });
});

it('takes what everybody gets today as the control, and the plan from the planner', () => {
  const flag = {
    ...flagBody.parse(flagBodyFor(named, 'production')),
    variants: [
      { key: 'new', value: 'n' },
      { key: 'old', value: 'o' },
    ],
    environments: { production: { on: true, off: null, rules: [], default: { variant: 'old' } } },
  } as unknown as Flag;
  const search = { metric: 'm', mde: 0.06, units: 19_779.2, days: 21, method: 'fixed', alpha: 0.1 };
  const body = experimentBody.parse(draftBody({ named, flag, environment: 'production', search }));
  expect(body).toMatchObject({
    control: 'old',
    variants: [
      { key: 'old', weight: 1 },
      { key: 'new', weight: 1 },
    ],
    metrics: { primary: 'm' },
    analysis: { method: 'fixed', alpha: 0.1, power: 0.8 },
    plan: { mde: 0.06, unitsPerVariant: 19_780, days: 21 },
  });
});
