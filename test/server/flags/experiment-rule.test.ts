import { describe, expect, it } from 'vitest';
import { withExperimentRule, withOutcome } from '@assay/server/flags/experiment-rule';
import { checkout, made, onePage } from '../../support/definitions.ts';

const china = { attr: 'country', op: 'eq', value: 'CN' };
const pro = { attr: 'plan', op: 'eq', value: 'pro' };
const rule = { id: 'r1', experiment: 'one-page-checkout' };
const flagWith = (...rules: Record<string, unknown>[]) =>
  made('flags', {
    ...checkout,
    environments: { production: { ...checkout.environments.production, rules } },
  });
const experiment = made('experiments', onePage);
const narrow = made('experiments', { ...onePage, audience: china });

describe('an experiment comes to its flag', () => {
  const rulesOf = (...rules: Record<string, unknown>[]) =>
    withExperimentRule(flagWith(...rules), experiment).environments['production']?.rules;

  it('below the rules that are there', () => {
    const first = { id: 'a', variant: 'classic', if: pro };
    const added = { id: 'one-page-checkout', experiment: 'one-page-checkout' };
    expect(rulesOf(first)).toEqual([first, added]);
  });
  it('once', () => {
    expect(rulesOf(rule)).toEqual([rule]);
  });
  it('under a free name', () => {
    const taken = { id: 'one-page-checkout', variant: 'classic', if: pro };
    expect(rulesOf(taken)?.[1]?.id).toBe('one-page-checkout-2');
  });
});

describe('after the decision', () => {
  const after = (flag: ReturnType<typeof flagWith>, of = experiment, variant = 'one-page') => {
    const { rules, default: serve } = withOutcome(flag, of, variant).environments['production']!;
    return { rules, default: serve };
  };

  it('the winner is the default where everybody was meant', () => {
    expect(after(flagWith(rule))).toEqual({ rules: [], default: { variant: 'one-page' } });
  });
  it('the winner goes to the audience alone', () => {
    expect(after(flagWith(rule), narrow)).toEqual({
      rules: [{ id: 'r1', variant: 'one-page', if: china }],
      default: { variant: 'classic' },
    });
  });
  it('the condition of the rule and the audience both hold', () => {
    expect(after(flagWith({ ...rule, if: pro }), narrow).rules).toEqual([
      { id: 'r1', variant: 'one-page', if: { all: [pro, china] } },
    ]);
  });
  it('no rule below comes to life', () => {
    const below = { id: 'r2', variant: 'classic' };
    expect(after(flagWith(rule, below))).toEqual({
      rules: [{ id: 'r1', variant: 'one-page' }, below],
      default: { variant: 'classic' },
    });
  });
  it('the control needs no rule where the default serves it', () => {
    expect(after(flagWith(rule), narrow, 'classic')).toEqual({
      rules: [],
      default: { variant: 'classic' },
    });
  });
});
