import { openPlan } from '@assay/console/features/setup/model';
import { sizeQuestion } from '@assay/console/features/setup/size';
import type { Baseline, Metric } from '@assay/server/contract';
import { planBody } from '@assay/server/contract/planning';
import { expect, it } from 'vitest';
import { experiment } from '../experiments/sample.ts';

const metric = (change: object = {}) =>
  ({
    key: 'm',
    kind: 'proportion',
    event: 'e',
    direction: 'up',
    window: { days: 7 },
    ...change,
  }) as Metric;
const baseline = (change: Partial<Baseline> = {}): Baseline => ({
  metric: 'm',
  kind: 'proportion',
  units: 1_000,
  rate: 0.124,
  mean: null,
  variance: null,
  ratio: null,
  standardError: 0.01,
  unitsPerDay: 500,
  growth: [],
  cupedR2: 0.3,
  from: '',
  to: '',
  notes: [],
  ...change,
});
const draft = openPlan(experiment({ coverage: 50_000 }));

it('asks for the size of a draft from its measured baseline', () => {
  const question = sizeQuestion(draft, metric(), baseline());
  expect(question).toEqual({
    kind: 'proportion',
    baseline: { rate: 0.124 },
    mde: { relative: 0.05 },
    alpha: 0.05,
    power: 0.8,
    variants: [0.5, 0.5],
    method: 'sequential',
    maturationDays: 7,
    unitsPerDay: 250,
    cupedR2: 0.3,
  });
  expect(planBody.safeParse(question).success).toBe(true);
});

it('looks for a fall where down is good, and for a rate where a funnel ends', () => {
  expect(sizeQuestion(draft, metric({ direction: 'down' }), baseline())?.mde).toEqual({
    relative: -0.05,
  });
  expect(sizeQuestion(draft, metric({ kind: 'funnel', steps: [] }), baseline())?.kind).toBe(
    'proportion',
  );
});

it('puts the control first', () => {
  const three = openPlan(
    experiment({
      variants: [
        { key: 'b', weight: 1 },
        { key: 'control', weight: 2 },
        { key: 'off', weight: 0 },
      ],
      control: 'control',
    }),
  );
  expect(sizeQuestion(three, metric(), baseline())?.variants).toEqual([2 / 3, 1 / 3]);
});

it.each([
  ['no metric', undefined, baseline()],
  ['a percentile, which has no formula', metric({ kind: 'quantile' }), baseline()],
  ['nothing measured', metric(), baseline({ rate: null })],
  ['a rate of 0', metric(), baseline({ rate: 0 })],
  ['no variance', metric({ kind: 'mean' }), baseline({ rate: null, mean: 3, variance: 0 })],
])('has no question with %s', (_, given, measured) => {
  expect(sizeQuestion(draft, given, measured)).toBeNull();
});
