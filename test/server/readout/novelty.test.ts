import { describe, expect, it } from 'vitest';
import { noveltyOf, noveltyQueries } from '@assay/server/readout/novelty';
import type { MomentAnswer } from '@assay/server/store/events/port';
import { aMetric, anExperiment, conversion, day } from './given.ts';

const subject = {
  experiment: anExperiment(),
  metrics: new Map([['conversion', conversion]]),
  phase: 1,
  weights: { a: 1, b: 1 },
  baseline: 'a',
};
const share = (n: number, p: number) => ({ n, mean: [p], comoment: [n * p * (1 - p)] });
/** Conversion by day since exposure: 10 % in a, in b as told. */
function answer(byDay: readonly number[]): MomentAnswer {
  const rows = byDay.flatMap((p, i) => [
    { metric: `conversion#day${i}`, variant: 'a', moments: share(20_000, 0.1) },
    { metric: `conversion#day${i}`, variant: 'b', moments: share(20_000, p) },
  ]);
  return {
    units: [],
    crossovers: 0,
    crossoversByVariant: {},
    strangers: 0,
    firstExposure: null,
    lastExposure: null,
    lastEvent: null,
    rows,
  };
}

describe('noveltyQueries', () => {
  it('asks for each of the first seven days by itself', () => {
    const queries = noveltyQueries(conversion);
    expect(queries.map((q) => [q.id, q.delayMs, q.windowMs])).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((d) => [`conversion#day${d}`, d * day, day]),
    );
  });
  it.each([
    ['a window of two days', { kind: 'count', event: 'e', window: { days: 2 } }],
    ['retention', { kind: 'retention', event: 'e', fromDay: 7, toDay: 8 }],
    ['a quantile', { kind: 'quantile', event: 'e', q: 0.5 }],
  ])('asks nothing for %s', (_, body) => {
    expect(noveltyQueries(aMetric({ key: 'm', ...body }))).toEqual([]);
  });
});

describe('noveltyOf', () => {
  it('sees an effect that wears off', () => {
    const [found] = noveltyOf(
      subject,
      conversion,
      answer([0.13, 0.12, 0.115, 0.11, 0.105, 0.1, 0.1]),
    );
    expect(found).toMatchObject({ metric: 'conversion', variant: 'b', moving: true });
    expect(found?.slope).toBeLessThan(0);
    expect(found?.days.map((d) => d.day)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(found?.days[0]?.effect.estimate).toBeCloseTo(0.03, 12);
  });
  it('leaves a steady effect alone', () => {
    const [found] = noveltyOf(subject, conversion, answer(Array.from({ length: 7 }, () => 0.12)));
    expect(found?.moving).toBe(false);
    expect(found?.slope).toBeCloseTo(0, 12);
  });
  it('says nothing before three days have figures', () => {
    expect(noveltyOf(subject, conversion, answer([0.13, 0.12]))).toEqual([]);
    expect(noveltyOf(subject, conversion, answer([]))).toEqual([]);
  });
});
