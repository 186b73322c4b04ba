import { describe, expect, it } from 'vitest';
import { maturationMs, plan, rolesOf } from '@assay/server/readout/plan';
import { aMetric, anExperiment, conversion, day } from './given.ts';

const reading = { phase: 2, reading: 'all', from: 0, to: 50, asOf: 60, cuped: true } as const;
const paid = { attr: 'currency', op: 'eq', value: 'CNY' };

describe('plan', () => {
  it('asks for one experiment and phase with all its variants', () => {
    expect(
      plan(anExperiment({ unit: 'deviceId', timeZone: 'Asia/Shanghai' }), [], reading),
    ).toEqual({
      environment: 'production',
      experiment: 'exp',
      phase: 2,
      unitType: 'deviceId',
      variants: ['a', 'b'],
      from: 0,
      to: 50,
      asOf: 60,
      reading: 'all',
      timeZone: 'Asia/Shanghai',
      metrics: [],
      by: 'total',
    });
  });

  it.each([
    [
      'proportion',
      { event: 'paid', where: paid, delay: { hours: 1 } },
      { kind: 'proportion', event: 'paid', where: paid, delayMs: 3_600_000, prePeriodMs: 14 * day },
    ],
    [
      'count',
      { event: 'paid', window: { days: 7 }, prePeriodDays: 28 },
      { kind: 'count', event: 'paid', windowMs: 7 * day, prePeriodMs: 28 * day },
    ],
    [
      'mean',
      { event: 'paid' },
      { kind: 'mean', event: 'paid', value: 'value', prePeriodMs: 14 * day },
    ],
    [
      'ratio',
      { numerator: { event: 'paid', value: 'value' }, denominator: { event: 'paid' } },
      {
        kind: 'ratio',
        numerator: { event: 'paid', value: 'value' },
        denominator: { event: 'paid' },
        prePeriodMs: 14 * day,
      },
    ],
    [
      'retention',
      { event: 'seen', fromDay: 7, toDay: 8 },
      { kind: 'retention', event: 'seen', fromDay: 7, toDay: 8 },
    ],
    [
      'funnel',
      { steps: [{ event: 'view' }, { event: 'paid', within: { hours: 2 } }] },
      { kind: 'funnel', steps: [{ event: 'view' }, { event: 'paid', withinMs: 7_200_000 }] },
    ],
    [
      'quantile',
      { event: 'load', q: 0.95 },
      { kind: 'quantile', event: 'load', value: 'value', q: 0.95, z: 1.959963984540054 },
    ],
  ])('sums for a %s metric', (kind, body, expected) => {
    const metric = aMetric({ key: 'm', kind, ...body });
    expect(plan(anExperiment(), [metric], reading).metrics).toEqual([{ id: 'm', ...expected }]);
  });

  it('leaves the pre-period out when CUPED is off', () => {
    const [query] = plan(anExperiment(), [conversion], { ...reading, cuped: false }).metrics;
    expect(query).not.toHaveProperty('prePeriodMs');
  });

  it('asks a capped metric again without its cap', () => {
    const metric = aMetric({ key: 'm', kind: 'mean', event: 'paid', cap: { percentile: 0.999 } });
    const { metrics } = plan(anExperiment(), [metric], reading);
    expect(metrics.map((m) => [m.id, 'cap' in m ? m.cap : undefined])).toEqual([
      ['m', { percentile: 0.999 }],
      ['m#uncapped', undefined],
    ]);
  });
});

describe('rolesOf', () => {
  it('orders by role, and a guardrail that is also secondary keeps its margin', () => {
    const experiment = anExperiment({
      metrics: {
        primary: 'p',
        secondary: ['s', 'g', 'p'],
        guardrails: [{ metric: 'g', margin: 0.02 }, { metric: 'h' }],
      },
    });
    expect(rolesOf(experiment)).toEqual([
      { metric: 'p', role: 'primary' },
      { metric: 's', role: 'secondary' },
      { metric: 'g', role: 'guardrail', margin: 0.02 },
      { metric: 'h', role: 'guardrail' },
    ]);
  });
});

describe('maturationMs', () => {
  it.each([
    [
      'window and delay',
      { kind: 'count', event: 'e', window: { days: 7 }, delay: { hours: 1 } },
      7 * day + 3_600_000,
    ],
    ['the last day of retention', { kind: 'retention', event: 'e', fromDay: 7, toDay: 8 }, 8 * day],
    ['never without a window', { kind: 'count', event: 'e' }, null],
  ])('is %s', (_, body, expected) => {
    expect(maturationMs(aMetric({ key: 'm', ...body }))).toBe(expected);
  });
});
