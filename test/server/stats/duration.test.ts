import { describe, expect, it } from 'vitest';
import { dayOf, unitsBy, wholeDays } from '@assay/server/stats/duration';

describe('wholeDays', () => {
  it.each([
    [0.3, 7],
    [7, 7],
    [7.1, 14],
    [20, 21],
    [3_125, 3_129],
  ])('%f days of traffic are %i days of run', (days, whole) => {
    expect(wholeDays(days)).toBe(whole);
  });
});

describe('a growth curve', () => {
  const growth = [100, 140, 160];
  it.each([
    [0, 0],
    [50, 0.5],
    [100, 1],
    [150, 2.5],
    [190, 4],
  ])('%i units are in after %f days, and back', (units, day) => {
    expect(dayOf(units, growth)).toBeCloseTo(day, 12);
    expect(unitsBy(day, growth)).toBeCloseTo(units, 12);
  });

  it('that stays flat never brings more', () => {
    expect(dayOf(101, [100, 100])).toBeNull();
    expect(dayOf(100, [100, 100])).toBe(1);
  });

  it('of one day is a straight line', () => {
    expect(dayOf(1_000, [100])).toBe(10);
  });
});
