import { describe, expect, it } from 'vitest';
import { checksOf, srmOf, type Evidence } from '@assay/server/readout/checks';
import type { MomentAnswer } from '@assay/server/store/events/port';
import { day, started } from './given.ts';

const hour = 3_600_000;
const asOf = started + 10 * day;
function answer(
  units: Readonly<Record<string, number>>,
  more: Partial<MomentAnswer> = {},
): MomentAnswer {
  return {
    units: Object.entries(units).map(([variant, n]) => ({ variant, units: n })),
    crossovers: 0,
    crossoversByVariant: {},
    strangers: 0,
    firstExposure: started,
    lastExposure: asOf - hour,
    lastEvent: asOf - hour,
    rows: [],
    ...more,
  };
}
const healthy: Evidence = {
  answer: answer({ a: 5_000, b: 5_010 }),
  weights: { a: 1, b: 1 },
  asOf,
  start: started,
  recordedStart: started,
  running: true,
  plannedPerVariant: 5_000,
  plannedDays: 7,
  prePeriod: [{ metric: 'm', variant: 'b', pValue: 0.4 }],
  intake: { accepted: 1_000, rejected: 1 },
};
const find = (id: string, more: Partial<Evidence>) =>
  checksOf({ ...healthy, ...more }).find((check) => check.id === id);

describe('checksOf', () => {
  it('finds nothing in a healthy experiment', () => {
    expect(checksOf(healthy).map((c) => [c.id, c.status])).toEqual([
      ['srm', 'ok'],
      ['crossover', 'ok'],
      ['strangers', 'ok'],
      ['prePeriod', 'ok'],
      ['dataFresh', 'ok'],
      ['wholeWeeks', 'ok'],
      ['rejected', 'ok'],
      ['sample', 'ok'],
    ]);
  });

  it('says nothing about what cannot be judged', () => {
    const found = checksOf({ ...healthy, prePeriod: [], intake: null, plannedPerVariant: null });
    expect(found.map((c) => c.id)).toEqual([
      'srm',
      'crossover',
      'strangers',
      'dataFresh',
      'wholeWeeks',
    ]);
  });

  it.each([
    ['Cookie Cats, a caution', { a: 44_700, b: 45_489 }, { a: 1, b: 1 }, 'warn', 0.0086],
    ['an even split', { a: 500, b: 500 }, { a: 1, b: 1 }, 'ok', 1],
    [
      '821,588 against 815,482 users (Fabijan 2019)',
      { a: 821_588, b: 815_482 },
      { a: 1, b: 1 },
      'fail',
      1.8e-6,
    ],
    ['an uneven plan that holds', { a: 9_000, b: 1_000 }, { a: 9, b: 1 }, 'ok', 1],
  ])('sample ratio: %s', (_, units, weights, ...expected) => {
    const check = find('srm', { answer: answer(units), weights });
    const [status, pValue] = expected;
    expect(check?.status).toBe(status);
    expect(check?.value).toBeCloseTo(pValue, 4);
  });

  it('alarms on any unit in a variant without weight', () => {
    expect(
      find('srm', { answer: answer({ a: 5_000, b: 1 }), weights: { a: 1, b: 0 } })?.status,
    ).toBe('fail');
  });

  it.each([
    ['1 % is still fine', 100, { a: 50, b: 50 }, 'ok'],
    ['more is not', 110, { a: 55, b: 55 }, 'fail'],
    ['few, but nearly all from one variant', 40, { a: 39, b: 1 }, 'fail'],
  ])('crossover: %s', (_, crossovers, crossoversByVariant, status) => {
    const found = answer({ a: 4_950, b: 4_950 }, { crossovers, crossoversByVariant });
    expect(find('crossover', { answer: found })?.status).toBe(status);
  });

  it.each([
    [0, 'ok'],
    [3, 'warn'],
    [200, 'fail'],
  ])('strangers: %i units of an unknown variant are %s', (strangers, status) => {
    expect(
      find('strangers', { answer: answer({ a: 5_000, b: 5_000 }, { strangers }) })?.status,
    ).toBe(status);
  });

  it('pre-period: the smallest p-value, times the number of tests', () => {
    const prePeriod = [
      { metric: 'm', variant: 'b', pValue: 0.4 },
      { metric: 'n', variant: 'b', pValue: 0.0004 },
    ];
    expect(find('prePeriod', { prePeriod })).toMatchObject({
      status: 'fail',
      value: 0.0008,
      detail: { metric: 'n', variant: 'b', tests: 2 },
    });
    expect(find('prePeriod', { prePeriod: prePeriod.slice(0, 1) })?.status).toBe('ok');
  });

  it.each([
    [1, true, 'ok'],
    [25, true, 'warn'],
    [73, true, 'fail'],
    [73, false, 'ok'],
    [null, true, 'warn'],
  ])('silence of %s hours, running %s: %s', (hours, running, status) => {
    const lastEvent = hours === null ? null : asOf - hours * hour;
    expect(
      find('dataFresh', { answer: answer({ a: 1, b: 1 }, { lastEvent }), running })?.status,
    ).toBe(status);
  });

  it('does not expect an imported history to be fresh', () => {
    const old = answer({ a: 1, b: 1 }, { lastEvent: started - 400 * day });
    expect(find('dataFresh', { answer: old })?.status).toBe('warn');
  });

  it.each([
    [6.9, null, 'warn'],
    [7, null, 'ok'],
    [7, 21, 'warn'],
    [14, 21, 'ok'],
  ])('%d days of %s planned: %s', (days, plannedDays, status) => {
    expect(find('wholeWeeks', { asOf: started + days * day, plannedDays })?.status).toBe(status);
  });

  it.each([
    [5, 'ok'],
    [50, 'warn'],
    [500, 'fail'],
  ])('%i rejected beside 1,000 accepted events: %s', (rejected, status) => {
    expect(find('rejected', { intake: { accepted: 1_000, rejected } })?.status).toBe(status);
  });

  it('sample: the smallest variant counts', () => {
    expect(find('sample', { answer: answer({ a: 5_000, b: 4_000 }) })).toMatchObject({
      status: 'warn',
      value: 0.8,
    });
  });

  it('copes with an experiment nobody has seen', () => {
    const found = checksOf({ ...healthy, answer: answer({}, { lastEvent: null }) });
    expect(found.filter((c) => c.status === 'fail')).toEqual([]);
  });
});

describe('srmOf', () => {
  it('answers counts expected under the weights', () => {
    expect(srmOf({ a: 30, b: 10 }, { a: 1, b: 1 })).toMatchObject({
      chiSquare: 10,
      expected: { a: 20, b: 20 },
    });
  });
});
