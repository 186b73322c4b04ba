import type { Series } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import { dateAt, daysOf } from '@assay/console/features/readout/days';

const interval = { estimate: 0.07, low: -0.1, high: 0.24 };
function series(by: Series['by']): Series {
  const day = (date: string, a: number, b: number): Series['days'][number] => ({
    day: date,
    units: { classic: a, 'one-page': b },
    results: [
      {
        variant: 'one-page',
        value: 0.13,
        relative: interval,
        relative80: { estimate: 0.07, low: -0.04, high: 0.18 },
        absolute: interval,
      },
    ],
  });
  return {
    metric: 'm',
    by,
    days: [day('2026-11-05', 100, 110), day('2026-11-06', 180, 200), day('2026-11-07', 180, 200)],
  };
}

describe('daysOf', () => {
  it.each([
    ['cumulative', [210, 170, 0]],
    ['cohort', [210, 380, 380]],
  ] as const)('%s units are %o by day', (by, expected) => {
    expect(daysOf(series(by), 'one-page').map((d) => d.units)).toEqual(expected);
  });
  it('takes the lift with its two bands', () => {
    expect(daysOf(series('cumulative'), 'one-page')[0]).toMatchObject({
      estimate: 0.07,
      low: -0.1,
      high: 0.24,
      low80: -0.04,
      high80: 0.18,
    });
  });
  it('has days without figures for a variant that is not there', () => {
    expect(daysOf(series('cumulative'), 'other')[1]).toMatchObject({ units: 170, estimate: null });
  });
});

describe('dateAt', () => {
  it('counts days from the first', () => {
    const at = dateAt('2026-11-28', 4);
    expect(new Date(at!).toISOString().slice(0, 7)).toBe('2026-12');
    expect(dateAt(undefined, 4)).toBeNull();
  });
});
