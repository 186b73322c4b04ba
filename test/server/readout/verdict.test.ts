import { describe, expect, it } from 'vitest';
import type { Check, MetricReadout } from '@assay/server/contract';
import { verdictOf } from '@assay/server/readout/verdict';
import { read } from './given.ts';

type Statuses = Parameters<typeof read>[2];
const lift = (estimate: number) => ({ relative: { estimate, low: null, high: null } });
const primary = (results: Statuses) => read('conversion', 'primary', results);
const guardrail = (status: 'safe' | 'harmed' | 'not_proven' | 'improved' | 'insufficient') =>
  read('refunds', 'guardrail', { b: { status, worst: 0.066 } }, { margin: 0.05 });
const unmargined = (status: 'neutral' | 'harmed') => read('load', 'guardrail', { b: { status } });
const secondary = (status: 'worse' | 'better') => read('revenue', 'secondary', { b: { status } });
const check = (id: Check['id'], status: Check['status'], value = 0): Check => ({
  id,
  status,
  value,
  detail: { alarm: 0.001, needed: 2 },
});
const wins = primary({ b: { status: 'better', ...lift(0.05) } });
const level = primary({ b: { status: 'neutral' } });

interface Case {
  readonly name: string;
  readonly metrics: readonly MetricReadout[];
  readonly checks?: readonly Check[];
  readonly mayStopEarly?: boolean;
  readonly ended?: boolean;
  readonly decision: string;
  readonly variant?: string;
  readonly codes?: readonly string[];
}
const full = [check('sample', 'ok'), check('wholeWeeks', 'ok')];
const short = [check('sample', 'warn', 0.4), check('wholeWeeks', 'ok')];

const cases: readonly Case[] = [
  {
    name: 'the primary wins',
    metrics: [wins],
    decision: 'ship',
    variant: 'b',
    codes: ['primary_better'],
  },
  {
    name: 'it wins and the guardrail is safe',
    metrics: [wins, guardrail('safe')],
    decision: 'ship',
  },
  {
    name: 'it wins and the guardrail improves',
    metrics: [wins, guardrail('improved')],
    decision: 'ship',
  },
  {
    name: 'it wins, a guardrail is not proven yet',
    metrics: [wins, guardrail('not_proven')],
    checks: short,
    decision: 'continue',
    codes: ['primary_better', 'guardrail_not_proven'],
  },
  {
    name: 'it wins, a guardrail is not proven at the end',
    metrics: [wins, guardrail('not_proven')],
    checks: full,
    decision: 'inconclusive',
    codes: ['primary_better', 'guardrail_not_proven', 'planned_sample_reached'],
  },
  {
    name: 'it wins, a guardrail has too few data',
    metrics: [wins, guardrail('insufficient')],
    checks: short,
    decision: 'continue',
    codes: ['primary_better', 'guardrail_not_proven'],
  },
  {
    name: 'it wins and harms a guardrail',
    metrics: [wins, guardrail('harmed')],
    decision: 'rollback',
    codes: ['primary_better', 'guardrail_harmed'],
  },
  {
    name: 'a guardrail without margin only protects from harm',
    metrics: [wins, unmargined('neutral')],
    decision: 'ship',
    codes: ['primary_better', 'guardrail_without_margin'],
  },
  { name: 'and it does protect', metrics: [wins, unmargined('harmed')], decision: 'rollback' },
  {
    name: 'it wins while another metric loses',
    metrics: [wins, secondary('worse')],
    checks: short,
    decision: 'continue',
    codes: ['primary_better', 'secondary_worse'],
  },
  {
    name: 'another win is no reason',
    checks: short,
    metrics: [level, secondary('better')],
    decision: 'continue',
    codes: ['primary_neutral'],
  },
  {
    name: 'the primary loses',
    metrics: [primary({ b: { status: 'worse' } })],
    decision: 'rollback',
    codes: ['primary_worse'],
  },
  { name: 'nothing to see yet', metrics: [level], checks: short, decision: 'continue' },
  {
    name: 'nothing to see at the planned sample',
    metrics: [level],
    checks: full,
    decision: 'inconclusive',
    codes: ['primary_neutral', 'planned_sample_reached'],
  },
  {
    name: 'nothing to see at the planned sample, in mid-week',
    metrics: [level],
    checks: [check('sample', 'ok'), check('wholeWeeks', 'warn', 0.5)],
    decision: 'continue',
    codes: ['primary_neutral', 'whole_weeks'],
  },
  {
    name: 'enrolment ended early',
    metrics: [level],
    checks: short,
    ended: true,
    decision: 'inconclusive',
    codes: ['primary_neutral', 'ended'],
  },
  {
    name: 'without a plan there is no end',
    metrics: [level],
    checks: [check('wholeWeeks', 'ok')],
    decision: 'continue',
  },
  {
    name: 'a win before the first whole weeks',
    metrics: [wins],
    checks: [check('wholeWeeks', 'warn', 0.3)],
    decision: 'continue',
    codes: ['primary_better', 'whole_weeks'],
  },
  {
    name: 'harm waits for no week',
    metrics: [wins, guardrail('harmed')],
    checks: [check('wholeWeeks', 'warn', 0.3)],
    decision: 'rollback',
  },
  {
    name: 'a fixed-horizon win before its sample',
    metrics: [wins],
    checks: short,
    mayStopEarly: false,
    decision: 'continue',
    codes: ['primary_better', 'planned_sample'],
  },
  {
    name: 'a fixed-horizon win at its sample',
    metrics: [wins],
    checks: full,
    mayStopEarly: false,
    decision: 'ship',
  },
  {
    name: 'a red check replaces a win',
    metrics: [wins],
    checks: [check('srm', 'fail', 1e-9), ...full],
    decision: 'invalid',
    codes: ['srm'],
  },
  {
    name: 'and a loss',
    metrics: [primary({ b: { status: 'worse' } })],
    checks: [check('crossover', 'fail', 0.02)],
    decision: 'invalid',
    codes: ['crossover'],
  },
  {
    name: 'a caution does not',
    metrics: [wins],
    checks: [check('srm', 'warn', 0.0086), ...full],
    decision: 'ship',
  },
  {
    name: 'no primary metric',
    metrics: [secondary('better')],
    decision: 'continue',
    codes: ['no_primary'],
  },
  {
    name: 'two win: the larger lift',
    metrics: [
      primary({ b: { status: 'better', ...lift(0.02) }, c: { status: 'better', ...lift(0.04) } }),
    ],
    decision: 'ship',
    variant: 'c',
  },
  {
    name: 'two win where lower is better: the larger fall',
    metrics: [
      read(
        'time',
        'primary',
        { b: { status: 'better', ...lift(-0.06) }, c: { status: 'better', ...lift(-0.04) } },
        { direction: 'down' },
      ),
    ],
    decision: 'ship',
    variant: 'b',
  },
  {
    name: 'one loses, one is open',
    checks: short,
    metrics: [primary({ b: { status: 'worse' }, c: { status: 'neutral' } })],
    decision: 'continue',
    codes: ['primary_worse', 'primary_neutral'],
  },
  {
    name: 'one loses, one wins',
    metrics: [primary({ b: { status: 'worse' }, c: { status: 'better', ...lift(0.04) } })],
    decision: 'ship',
    variant: 'c',
    codes: ['primary_better'],
  },
];

describe('verdictOf', () => {
  it.each(cases)(
    '$name: $decision',
    ({ metrics, checks = full, mayStopEarly = true, ended = false, ...expected }) => {
      const verdict = verdictOf({ checks, metrics, mayStopEarly, ended });
      const codes = verdict.reasons.map((r) => r.code);
      expect({ name: expected.name, codes, ...verdict }).toMatchObject(expected);
    },
  );

  it('gives the numbers with the reasons', () => {
    const { reasons } = verdictOf({
      checks: short,
      metrics: [wins, guardrail('not_proven')],
      mayStopEarly: true,
      ended: false,
    });
    expect(reasons).toEqual([
      { code: 'primary_better', metric: 'conversion', variant: 'b', value: 0.05 },
      { code: 'guardrail_not_proven', metric: 'refunds', variant: 'b', value: 0.066, bound: 0.05 },
    ]);
    const red = verdictOf({
      checks: [check('srm', 'fail', 1e-9)],
      metrics: [],
      mayStopEarly: true,
      ended: false,
    });
    expect(red.reasons).toEqual([{ code: 'srm', value: 1e-9, bound: 0.001 }]);
  });
});
