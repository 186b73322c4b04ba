import { describe, expect, it } from 'vitest';
import { isWeekend, longDate, noon, readingDay } from '@assay/console/features/planner/calendar';

const monday = new Date(2026, 10, 23, 15, 30).getTime();

describe('calendar', () => {
  it.each([
    [0, false],
    [4, false],
    [5, true],
    [6, true],
    [7, false],
    [12, true],
  ])('day %d from a Monday is a weekend: %s', (day, expected) => {
    expect(isWeekend(monday, day)).toBe(expected);
  });
  it.each([
    ['en', 'December 14'],
    ['zh-CN', '12月14日'],
  ])('three weeks later in %s is %s', (locale, expected) => {
    expect(longDate(readingDay(noon(monday), 21), locale)).toBe(expected);
  });
  it('keeps to noon across changes of clocks', () => {
    expect(new Date(readingDay(noon(monday), 200)).getHours()).toBe(12);
  });
});
