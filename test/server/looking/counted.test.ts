import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countedIn, type Why } from '@assay/server/looking/counted';
import { enrolmentsOf } from '@assay/server/looking/enrolment';
import { metricQuery } from '@assay/server/readout/plan';
import type { MetricQuery, StoredExposure, StoredTrack } from '@assay/server/store/events/port';
import { made, noon, onePage } from '../../support/definitions.ts';
import { openPlainEvents } from '../../support/plain-events.ts';

const hour = 3_600_000;
const day = 24 * hour;
const experiment = made('experiments', onePage);
const base = (hours: number) => {
  const time = noon + hours * hour;
  return {
    at: time,
    time,
    received: time,
    environment: 'production',
    unitType: 'userId',
    unit: 'u1',
    source: 'sdk',
  } as const;
};
let ids = 0;
const track = (hours: number, more: Partial<StoredTrack> = {}): StoredTrack => ({
  id: `e${ids++}`,
  type: 'track',
  name: 'order_paid',
  ...base(hours),
  ...more,
});
const exposure = (hours: number, more: Partial<StoredExposure> = {}): StoredExposure => ({
  id: `x${ids++}`,
  type: 'exposure',
  flag: 'checkout',
  experiment: 'one-page-checkout',
  variant: 'classic',
  phase: 1,
  ...base(hours),
  ...more,
});
const [enrolled] = enrolmentsOf([exposure(0)], () => experiment);
const whys = (
  metric: Record<string, unknown>,
  events: StoredTrack[],
  enrolment = enrolled!,
): Why[] => {
  const query = metricQuery(made('metrics', { key: 'm', ...metric }), true);
  const found = countedIn(query, enrolment, events);
  return events.flatMap((e) => found.get(e)?.why ?? []);
};
const paid = { kind: 'mean', event: 'order_paid', window: { days: 7 } };

describe('an event', () => {
  it.each<[string, Record<string, unknown>, StoredTrack, Why]>([
    ['in the window', paid, track(1, { value: 9 }), 'counted'],
    ['at the very exposure', paid, track(0, { value: 9 }), 'counted'],
    ['at the end of the window', paid, track(7 * 24, { value: 9 }), 'afterWindow'],
    ['just before it', paid, track(7 * 24 - 0.001, { value: 9 }), 'counted'],
    ['of the pre-period', paid, track(-14 * 24, { value: 9 }), 'prePeriod'],
    ['before the pre-period', paid, track(-14 * 24 - 0.001, { value: 9 }), 'beforeExposure'],
    ['in the delay', { ...paid, delay: { hours: 2 } }, track(1, { value: 9 }), 'delay'],
    [
      'after delay and window',
      { ...paid, delay: { hours: 2 } },
      track(7 * 24 + 1, { value: 9 }),
      'counted',
    ],
    ['without its value', paid, track(1), 'noValue'],
    [
      'with a property for value',
      { ...paid, value: 'total' },
      track(1, { properties: { total: 5 } }),
      'counted',
    ],
    [
      'with text for value',
      { ...paid, value: 'total' },
      track(1, { properties: { total: '5' } }),
      'noValue',
    ],
    [
      'that the filter leaves out',
      { ...paid, where: { attr: 'currency', op: 'eq', value: 'CNY' } },
      track(1, { value: 9, properties: { currency: 'USD' } }),
      'filter',
    ],
    [
      'on the retention day',
      { kind: 'retention', event: 'order_paid', fromDay: 1, toDay: 2 },
      track(24),
      'counted',
    ],
    [
      'past the retention day',
      { kind: 'retention', event: 'order_paid', fromDay: 1, toDay: 2 },
      track(48),
      'outsideDays',
    ],
    [
      'that is only a denominator',
      {
        kind: 'ratio',
        numerator: { event: 'order_paid', value: 'value' },
        denominator: { event: 'order_paid' },
      },
      track(1),
      'counted',
    ],
  ])('%s', (_, metric, event, why) => {
    expect(whys(metric, [event])).toEqual([why]);
  });

  it('that the metric never looks at is not spoken of', () => {
    expect(whys(paid, [track(1, { name: 'page_view' })])).toEqual([]);
  });

  it('after the first adds nothing to a proportion', () => {
    const proportion = { kind: 'proportion', event: 'order_paid', window: { days: 7 } };
    expect(whys(proportion, [track(-1), track(1), track(2)])).toEqual([
      'prePeriod',
      'counted',
      'already',
    ]);
  });

  it('must follow the step before it in a funnel, in time', () => {
    const funnel = {
      kind: 'funnel',
      steps: [{ event: 'cart' }, { event: 'order_paid', within: { hours: 2 } }],
      window: { days: 1 },
    };
    const events = [track(1), track(2, { name: 'cart' }), track(2), track(3), track(4), track(25)];
    expect(whys(funnel, events)).toEqual([
      'outOfOrder',
      'counted',
      'outOfOrder',
      'counted',
      'outOfOrder',
      'afterWindow',
    ]);
  });

  it.each<[string, StoredExposure[], Why]>([
    ['seen in two variants', [exposure(0), exposure(1, { variant: 'one-page' })], 'crossover'],
    ['given a variant that is not there', [exposure(0, { variant: 'x' })], 'unknownVariant'],
    [
      'drawn anew in a new phase',
      [exposure(0, { variant: 'one-page' }), exposure(1, { phase: 2 })],
      'counted',
    ],
    [
      'exposed in a new phase after the event',
      [exposure(0), exposure(3, { phase: 2 })],
      'prePeriod',
    ],
  ])('of a unit %s', (_, exposures, why) => {
    const [enrolment] = enrolmentsOf(exposures, () => experiment);
    expect(whys(paid, [track(2, { value: 9 })], enrolment)).toEqual([why]);
  });
});

it('belongs to no experiment of another environment or unit', () => {
  const of = (change: Record<string, unknown>) =>
    enrolmentsOf([exposure(0)], () => made('experiments', { ...onePage, ...change }));
  expect(of({})).toHaveLength(1);
  expect(of({ environment: 'staging' })).toEqual([]);
  expect(of({ unit: 'deviceId' })).toEqual([]);
  expect(enrolmentsOf([exposure(0)], () => undefined)).toEqual([]);
});

describe('what is said to count is what the store counts', () => {
  const event = fc
    .record({
      hours: fc.integer({ min: -400, max: 400 }),
      name: fc.constantFrom('a', 'b'),
      value: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      plan: fc.constantFrom('pro', 'free'),
    })
    .map(({ hours, name, value, plan }) =>
      track(hours / 2, { name, properties: { plan }, ...(value !== undefined && { value }) }),
    );
  const where = { attr: 'plan', op: 'eq', value: 'pro' } as const;
  const window = { windowMs: 5 * day, delayMs: hour };
  const metrics: MetricQuery[] = [
    { id: 'count', kind: 'count', event: 'a', where, ...window },
    { id: 'proportion', kind: 'proportion', event: 'a', ...window },
    { id: 'mean', kind: 'mean', event: 'b', value: 'value', where },
    { id: 'retention', kind: 'retention', event: 'a', fromDay: 1, toDay: 3 },
    {
      id: 'funnel',
      kind: 'funnel',
      steps: [{ event: 'a' }, { event: 'b', withinMs: 20 * hour }],
      ...window,
    },
  ];
  const measured = async (metric: MetricQuery, events: StoredTrack[]) => {
    const store = openPlainEvents();
    await store.append([exposure(0), ...events]);
    const { rows } = await store.moments({
      environment: 'production',
      experiment: 'one-page-checkout',
      phase: 1,
      unitType: 'userId',
      variants: ['classic'],
      from: noon,
      to: noon + day,
      asOf: noon + 1_000 * day,
      reading: 'all',
      timeZone: 'UTC',
      metrics: [metric],
    });
    return [...rows[0]!.moments.mean];
  };
  const told = (metric: MetricQuery, events: StoredTrack[]) => {
    const sorted = events.toSorted((a, b) => a.time - b.time);
    const counted = [...countedIn(metric, enrolled!, sorted)]
      .filter(([, v]) => v.counts)
      .map(([e]) => e);
    if (metric.kind === 'mean') return counted.reduce((sum, e) => sum + (e.value ?? 0), 0);
    if (metric.kind === 'funnel') return Number(counted.some((e) => e.name === 'b'));
    return counted.length;
  };

  it.each(metrics.map((m) => [m.kind, m] as const))('%s', async (kind, metric) => {
    const column = kind === 'funnel' ? 1 : 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 8 }), async (events) => {
        expect(told(metric, events)).toBe((await measured(metric, events))[column]);
      }),
      { numRuns: 200 },
    );
  });
});
