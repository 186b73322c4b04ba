import type { UnitPage } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import { eventRows } from '@assay/console/features/lookup/counted';
import { lookup as t } from '@assay/console/locales/en/lookup';

type Event = UnitPage['events'][number];
const event = (id: string, change: Partial<Event>): Event => ({
  id,
  type: 'track',
  time: `2026-11-05T09:14:0${id}Z`,
  received: `2026-11-05T09:14:0${id}Z`,
  unit: 'u1',
  unitType: 'userId',
  name: 'order_paid',
  source: 'sdk',
  marks: [],
  counted: [],
  ...change,
});
const line = (metric: string, why: string, experiment = 'checkout') => ({
  experiment,
  metric,
  counts: why === 'counted',
  why,
});
const names = new Map([
  ['conversion', 'Checkout conversion'],
  ['revenue', 'Revenue per user'],
]);
const words = { t, metricName: (key: string) => names.get(key) ?? key };
const exposure = (id: string, variant = 'B', name = 'checkout') =>
  event(id, { type: 'exposure', name, variant });
const told = (events: Event[], experiment?: string) =>
  eventRows({ events }, experiment, words).map((row) => [row.event.id, row.state, row.whys]);

describe('eventRows', () => {
  it('says what each event counted in, newest first', () => {
    expect(
      told([
        exposure('1'),
        event('2', { counted: [line('conversion', 'counted'), line('revenue', 'counted')] }),
        event('3', { counted: [line('conversion', 'already'), line('revenue', 'counted')] }),
        event('4', { counted: [line('revenue', 'afterWindow')] }),
      ]),
    ).toEqual([
      ['4', 'leftOut', ['Revenue per user: after the metric’s window']],
      ['3', 'counted', ['Checkout conversion: this metric counts a unit once', 'Revenue per user']],
      ['2', 'counted', ['Checkout conversion · Revenue per user']],
      ['1', 'counted', ['first exposure: the clock starts']],
    ]);
  });

  it('tells later exposures and second variants apart', () => {
    expect(told([exposure('1'), exposure('2'), exposure('3', 'A')])).toEqual([
      ['3', 'leftOut', ['a second variant: the unit is left out everywhere']],
      ['2', 'seen', ['met the test again: changes nothing']],
      ['1', 'counted', ['first exposure: the clock starts']],
    ]);
  });

  it('shows only what concerns one test when asked', () => {
    const events = [
      exposure('1'),
      exposure('2', 'A', 'ranking'),
      event('3', { counted: [line('revenue', 'counted', 'ranking')] }),
      event('4', {}),
    ];
    expect(told(events, 'checkout').map(([id]) => id)).toEqual(['1']);
    expect(told(events, 'ranking').map(([id]) => id)).toEqual(['3', '2']);
    expect(told(events)[0]).toEqual(['4', 'seen', ['no metric of these tests uses it']]);
  });

  it('passes an unknown reason through', () => {
    expect(told([event('1', { counted: [line('revenue', 'newReason')] })])[0]?.[2]).toEqual([
      'Revenue per user: newReason',
    ]);
  });
});
