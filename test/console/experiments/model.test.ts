import {
  attention,
  guardDots,
  healthOf,
  inShownGroup,
  mainResult,
  sampleShare,
  sharedDomain,
  type Attention,
} from '@assay/console/features/experiments/model';
import type { Experiment, Readout } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import { ago, experiment, metric, readout, result } from './sample.ts';

type Case = [string, Partial<Experiment>, Partial<Readout> | null, Attention];
const primary = (status: 'better' | 'worse' | 'neutral' | 'insufficient') => ({
  metrics: [metric({ results: [result({ status })] })],
});
const decided = (outcome: 'ship' | 'rollback' | 'inconclusive', variant?: string) => ({
  status: 'decided' as const,
  decision: { outcome, note: '', at: ago(2), by: 'lin', ...(variant !== undefined && { variant }) },
});

describe('an experiment waits for', () => {
  it.each<Case>([
    [
      'its set-up',
      { status: 'draft', metrics: { secondary: [], guardrails: [] } },
      null,
      { group: 'drafts', next: { code: 'finishSetup' } },
    ],
    ['its start', { status: 'draft' }, null, { group: 'drafts', next: { code: 'readyToStart' } }],
    [
      'nothing: shipped',
      decided('ship', 'one-page'),
      null,
      { group: 'decided', next: { code: 'shipped', variant: 1, at: ago(2) } },
    ],
    [
      'nothing: rolled back',
      decided('rollback'),
      null,
      { group: 'decided', next: { code: 'rolledBack', at: ago(2) } },
    ],
    [
      'nothing: no clear result',
      decided('inconclusive'),
      null,
      { group: 'decided', next: { code: 'inconclusive', at: ago(2) } },
    ],
    [
      'a decision after its stop',
      { status: 'stopped' },
      {},
      { group: 'decision', next: { code: 'stopped' } },
    ],
    ['its readout', {}, null, { group: 'collecting', next: { code: 'reading' } }],
    [
      'its first user',
      {},
      { units: { classic: 0, 'one-page': 0 } },
      { group: 'collecting', next: { code: 'firstUnit' } },
    ],
    [
      'shipping',
      {},
      { verdict: { decision: 'ship', variant: 'one-page', reasons: [] } },
      { group: 'decision', next: { code: 'ship', variant: 1 } },
    ],
    [
      'a roll-back',
      {},
      { verdict: { decision: 'rollback', reasons: [] } },
      { group: 'decision', next: { code: 'rollback' } },
    ],
    [
      'its end: flat',
      {},
      { verdict: { decision: 'inconclusive', reasons: [] } },
      { group: 'decision', next: { code: 'flat' } },
    ],
    [
      'a repair of its split',
      {},
      {
        verdict: { decision: 'invalid', reasons: [] },
        checks: [{ id: 'srm', status: 'fail', value: 1e-9, detail: {} }],
      },
      { group: 'fix', next: { code: 'split', shares: [0.55, 0.45] } },
    ],
    [
      'a repair of its data',
      {},
      {
        verdict: { decision: 'invalid', reasons: [] },
        checks: [{ id: 'crossover', status: 'fail', value: 0.2, detail: {} }],
      },
      { group: 'fix', next: { code: 'check', check: 'crossover' } },
    ],
    [
      'more users',
      {},
      primary('insufficient'),
      { group: 'collecting', next: { code: 'tooEarly' } },
    ],
    ['a look at a loss', {}, primary('worse'), { group: 'collecting', next: { code: 'losing' } }],
    [
      'the planned end',
      {},
      primary('neutral'),
      { group: 'collecting', next: { code: 'settles', days: 12 } },
    ],
    [
      'nothing planned',
      {},
      { ...primary('neutral'), plannedDays: null },
      { group: 'collecting', next: { code: 'collect' } },
    ],
  ])('%s', (_, change, seen, expected) => {
    const found = seen === null ? undefined : readout(seen);
    expect(attention(experiment(change), found)).toEqual(expected);
  });
});

it('speaks of the variant that the verdict names, else of the strongest lift', () => {
  const lift = (estimate: number) => ({ estimate, low: null, high: null });
  const metrics = [
    metric({
      results: [
        result({ variant: 'b', relative: lift(0.02) }),
        result({ variant: 'c', relative: lift(-0.09) }),
      ],
    }),
  ];
  expect(mainResult(readout({ metrics }))?.result.variant).toBe('c');
  const verdict = { decision: 'ship', variant: 'b', reasons: [] } as const;
  expect(
    mainResult(readout({ metrics, verdict: { ...verdict, reasons: [] } }))?.result.variant,
  ).toBe('b');
  expect(mainResult(readout({ metrics: [] }))).toBeUndefined();
});

it('marks each guardrail by the worst of its treatments', () => {
  const guard = (name: string, statuses: ReturnType<typeof result>['status'][]) =>
    metric({ name, role: 'guardrail', results: statuses.map((status) => result({ status })) });
  const metrics = [
    guard('a', ['safe', 'improved']),
    guard('b', ['safe', 'harmed']),
    guard('c', ['not_proven', 'safe']),
    guard('d', ['insufficient', 'safe']),
    metric(),
  ];
  expect(guardDots(readout({ metrics })).map(({ dot }) => dot)).toEqual([
    'safe',
    'harmed',
    'notProven',
    'unknown',
  ]);
});

it('measures the sample by its smallest variant, and not at all without a plan', () => {
  expect(sampleShare(experiment(), readout())).toBe(0.9);
  expect(sampleShare(experiment(), readout({ units: { classic: 500 } }))).toBe(0);
  expect(sampleShare(experiment(), readout({ plannedUnitsPerVariant: null }))).toBeNull();
});

it('calls a readout healthy while only its age or size is wanting', () => {
  const check = (id: 'srm' | 'sample' | 'wholeWeeks' | 'dataFresh', status: 'warn' | 'fail') => ({
    id,
    status,
    value: 1,
    detail: {},
  });
  expect(
    healthOf(readout({ checks: [check('sample', 'warn'), check('wholeWeeks', 'warn')] })),
  ).toEqual({ ok: true });
  expect(healthOf(readout({ checks: [check('dataFresh', 'warn'), check('srm', 'fail')] }))).toEqual(
    { ok: false, check: 'srm' },
  );
});

it('shares one axis that holds every estimate, with zero left of the middle', () => {
  expect(sharedDomain([0.03, -0.058])).toEqual({ domain: [-0.13, 0.17], tick: 0.1 });
  expect(sharedDomain([0.31]).tick).toBe(0.5);
  expect(sharedDomain([]).tick).toBe(0.1);
  expect(sharedDomain([40]).tick).toBe(10);
});

it('shows what needs a person under "needs you", and all that runs under "running"', () => {
  expect(inShownGroup('fix', 'needs')).toBe(true);
  expect(inShownGroup('collecting', 'needs')).toBe(false);
  expect(inShownGroup('decision', 'running')).toBe(true);
  expect(inShownGroup('decided', undefined)).toBe(true);
});
