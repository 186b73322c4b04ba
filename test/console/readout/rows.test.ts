import { describe, expect, it } from 'vitest';
import {
  daysLeft,
  evidenceNote,
  groupsOf,
  mdeOf,
  metricNote,
  tableDomain,
} from '@assay/console/features/readout/rows';
import { createFormat } from '@assay/console/lib/format';
import { readout as t } from '@assay/console/locales/en/readout';
import { metric, readout, refunds, result } from './sample.ts';

const format = createFormat('en');
const context = { t, format, readout: readout(), series: undefined };

describe('metricNote', () => {
  it.each([
    [metric(), 'Share of users'],
    [metric({ kind: 'ratio' }), 'Ratio · delta method'],
    [
      metric({
        kind: 'mean',
        cap: { at: 2_400, units: 97 },
        method: { estimator: 'cuped', interval: 'fixed', cuped: true },
      }),
      'Mean per unit · 97 capped · CUPED',
    ],
    [refunds(), 'Must not rise more than 5%'],
    [{ ...refunds(), direction: 'up' as const }, 'Must not fall more than 5%'],
  ])('%# is told', (given, expected) => {
    expect(metricNote(given, 'users', { t, format })).toBe(expected);
  });
});

describe('evidenceNote', () => {
  it.each([
    ['better', metric(), result(), 'Better'],
    ['neutral', metric(), result({ status: 'neutral' }), 'no clear difference'],
    ['guardrail', refunds(), refunds().results[0]!, 'worst case +6.6%'],
    [
      'too few',
      metric(),
      result({ status: 'insufficient', notes: ['few_conversions'] }),
      'fewer than 20 conversions a group',
    ],
    [
      'before the plan',
      metric({ precision: 0.58 }),
      result({ status: 'insufficient', notes: ['before_planned_sample'] }),
      '≈ 13 days',
    ],
  ] as const)('%s', (...[, given, of, expected]) => {
    expect(evidenceNote(given, of, context)).toBe(expected);
  });
});

describe('daysLeft', () => {
  it.each([
    [0.5, 10, 'running', 10],
    [0.58, 16.6, 'running', 13],
    [1, 10, 'running', null],
    [null, 10, 'running', null],
    [0.5, 10, 'stopped', null],
  ] as const)('%d of the plan after %d days, %s', (...[precision, day, status, expected]) => {
    expect(daysLeft({ precision }, { day, status })).toBe(expected);
  });
});

describe('the table', () => {
  it('groups by role in order and leaves out what is empty', () => {
    expect(groupsOf({ metrics: [refunds(), metric()] }).map(([role]) => role)).toEqual([
      'primary',
      'guardrail',
    ]);
  });
  it('plans a fall where falling is good', () => {
    expect(mdeOf({ direction: 'down' }, 0.05)).toBe(-0.05);
    expect(mdeOf({ direction: 'up' }, 0.05)).toBe(0.05);
  });
  it('has one axis for every interval, the plan and the margins', () => {
    const [low, high] = tableDomain([metric(), refunds()], 0.05);
    expect(low).toBeLessThan(-0.091);
    expect(high).toBeGreaterThan(0.1293);
    expect(high).toBeLessThan(0.2);
  });
});
