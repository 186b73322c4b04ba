import { describe, expect, it } from 'vitest';
import { lookDue, stagesOf, summaryOf } from '@assay/server/readout/looks';
import { aMetric, anExperiment, conversion } from './given.ts';

const running = { matured: 0, planned: 10_000, now: 1_000, maturedAt: null };
const look = (units: number, more = {}) => ({ units, at: 0, final: false, ...more });

describe('lookDue', () => {
  it.each([
    ['nothing below 100 units a variant', [], { units: 198, least: 99 }, 'none'],
    ['the first look at 100', [], { units: 200, least: 100 }, 'interim'],
    ['none before another tenth', [look(200)], { units: 1_199, least: 500 }, 'none'],
    ['one at another tenth', [look(200)], { units: 1_200, least: 600 }, 'interim'],
    ['one near the end', [look(8_000)], { units: 20_000, least: 9_000 }, 'interim'],
    ['none between that and maturity', [look(9_000)], { units: 20_000, least: 9_000 }, 'none'],
    [
      'the final one when the planned sample has matured',
      [look(9_000)],
      { units: 14_000, least: 6_900, matured: 10_000 },
      'final',
    ],
    [
      'no more after it',
      [look(14_000, { final: true })],
      { units: 30_000, least: 9_000, matured: 20_000 },
      'none',
    ],
  ])('%s', (_, looks, moment, due) => {
    expect(lookDue(looks, { ...running, ...moment })).toBe(due);
  });

  const ended = {
    matured: 0,
    planned: 10_000,
    units: 4_000,
    least: 2_000,
    now: 500,
    maturedAt: 400,
  };
  it.each([
    ['the last once all have matured', [look(4_000, { at: 300 })], ended, 'final'],
    [
      'also after the final one, when that came before',
      [look(10_000, { final: true, at: 300 })],
      ended,
      'final',
    ],
    ['only once', [look(4_000, { final: true, at: 450 })], ended, 'none'],
    ['not before they have', [look(4_000, { at: 300 })], { ...ended, now: 399 }, 'none'],
    ['even a small experiment gets its last one', [], { ...ended, units: 40, least: 20 }, 'final'],
  ])('ended: %s', (_, looks, moment, due) => {
    expect(lookDue(looks, moment)).toBe(due);
  });
});

describe('stagesOf', () => {
  const of = (...units: [number, number][]) =>
    units.map(([a, b], i) => ({
      number: i + 1,
      at: i,
      final: a >= 1_000,
      units: a + b,
      n: { m: { a, b, c: 7 } },
      primary: {},
    }));
  it.each([
    ['grows with the pair', of([100, 100], [300, 200]), [0.1, 0.25]],
    ['forgets looks that gained nothing', of([100, 100], [300, 200], [300, 200]), [0.1, 0.25]],
    [
      'replaces the final one when more came',
      of([100, 100], [1_000, 1_000], [1_100, 1_100]),
      [0.1, 1.1],
    ],
    ['leaves something to the final one', of([100, 100], [990, 990]), [0.1, 0.9]],
    ['skips looks without units', of([0, 0], [300, 200]), [0.25]],
  ])('%s', (_, looks, fractions) => {
    const stages = stagesOf(looks, 'm', ['a', 'b'], 1_000);
    expect(stages.map((stage) => stage.fraction)).toEqual(fractions);
  });
  it('knows nothing of a metric that was not looked at', () => {
    expect(stagesOf(of([100, 100]), 'other', ['a', 'b'], 1_000)).toEqual([]);
  });
});

describe('summaryOf', () => {
  it('keeps the units of each metric: for retention those whose day has passed', () => {
    const d7 = aMetric({ key: 'd7', kind: 'retention', event: 'e', fromDay: 7, toDay: 8 });
    const rows = [
      { metric: 'conversion', variant: 'a', moments: { n: 100, mean: [0.1], comoment: [9] } },
      { metric: 'd7', variant: 'a', moments: { n: 100, mean: [0.1, 0.4], comoment: [9, 6, 24] } },
      { metric: 'gone', variant: 'a', moments: { n: 5, mean: [1], comoment: [0] } },
    ];
    const metrics = new Map([conversion, d7].map((m) => [m.key, m]));
    const subject = { experiment: anExperiment(), metrics };
    expect(summaryOf({ number: 1, at: 5, final: false, units: 100, rows }, subject)).toMatchObject({
      number: 1,
      at: 5,
      final: false,
      units: 100,
      n: { conversion: { a: 100 }, d7: { a: 40 } },
    });
  });

  it('keeps what the primary metric said, on the normal scale', () => {
    const rows = [
      { metric: 'conversion', variant: 'a', moments: { n: 1_000, mean: [0.1], comoment: [90] } },
      { metric: 'conversion', variant: 'b', moments: { n: 1_000, mean: [0.2], comoment: [160] } },
    ];
    const subject = { experiment: anExperiment(), metrics: new Map([['conversion', conversion]]) };
    const { primary } = summaryOf({ number: 1, at: 5, final: false, units: 2_000, rows }, subject);
    expect(primary['b']?.z).toBeCloseTo(0.1 / 0.015811388300841896, 1);
    expect(primary['b']).toMatchObject({ control: 0.1 });
  });
});
