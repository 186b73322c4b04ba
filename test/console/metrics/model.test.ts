import {
  closeMetric,
  emptyMetric,
  eventsOf,
  metricFaults,
  openMetric,
} from '@assay/console/features/metrics/model';
import { metricBody } from '@assay/server/contract/definitions';
import type { Metric, MetricBody } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';

const shared = {
  key: 'm',
  name: 'M',
  description: '',
  owner: '',
  tags: ['t'],
  direction: 'up' as const,
  prePeriodDays: 14,
};
const where = { attr: 'currency', op: 'eq', value: 'CNY' } as const;
const all: MetricBody[] = [
  { ...shared, kind: 'proportion', event: 'order_paid', where, window: { days: 7 } },
  { ...shared, kind: 'count', event: 'click', delay: { hours: 2 }, direction: 'down' },
  {
    ...shared,
    kind: 'mean',
    event: 'order_paid',
    value: 'amount',
    cap: { percentile: 0.999 },
    unitOfMeasure: '¥',
    stage: 'revenue',
  },
  {
    ...shared,
    kind: 'ratio',
    numerator: { event: 'a', value: 'value' },
    denominator: { event: 'b', where },
    cap: { absolute: 500 },
  },
  { ...shared, kind: 'retention', event: 'session', fromDay: 7, toDay: 8 },
  {
    ...shared,
    kind: 'funnel',
    steps: [{ event: 'a' }, { event: 'b', within: { minutes: 90 }, where }],
  },
  { ...shared, kind: 'quantile', event: 'load', value: 'value', q: 0.95 },
];

describe.each(all.map((body) => [body.kind, body] as const))('a %s metric', (_, body) => {
  it('opened and closed again is what it was', () => {
    const closed = closeMetric('m', openMetric(body as Metric), body.tags);
    expect(closed).toEqual(body);
    expect(metricBody.parse(closed)).toEqual(body);
  });

  it('as stored has no fault', () => {
    expect(metricFaults(openMetric(body as Metric))).toEqual([]);
  });
});

it('writes a span of mixed units in the largest that fits', () => {
  const body = {
    ...shared,
    kind: 'count',
    event: 'e',
    window: { days: 1, hours: 12 },
  } as MetricBody;
  expect(closeMetric('m', openMetric(body as Metric))).toMatchObject({ window: { hours: 36 } });
});

it('names what is missing, by kind', () => {
  const draft = emptyMetric();
  expect(metricFaults(draft)).toEqual(['event']);
  expect(metricFaults({ ...draft, kind: 'ratio' })).toEqual(['event', 'denominator']);
  expect(metricFaults({ ...draft, kind: 'funnel' })).toEqual(['event']);
  const main = { ...draft.main, event: 'e' };
  expect(metricFaults({ ...draft, main, kind: 'retention', fromDay: 3, toDay: 3 })).toEqual([
    'days',
  ]);
  expect(metricFaults({ ...draft, main, kind: 'quantile', percentile: 100 })).toEqual([
    'percentile',
  ]);
  expect(
    metricFaults({ ...draft, main, kind: 'mean', cap: { kind: 'percentile', amount: 40 } }),
  ).toEqual(['cap']);
  expect(metricFaults({ ...draft, main: { ...main, value: '' }, kind: 'mean' })).toEqual(['value']);
});

it('keeps a retention metric free of a window', () => {
  const draft = { ...emptyMetric(), kind: 'retention' as const };
  expect(closeMetric('m', draft)).not.toHaveProperty('window');
});

it('names every event that a metric reads', () => {
  expect(all.map((body) => eventsOf(body as Metric))).toEqual([
    ['order_paid'],
    ['click'],
    ['order_paid'],
    ['a', 'b'],
    ['session'],
    ['a', 'b'],
    ['load'],
  ]);
});
