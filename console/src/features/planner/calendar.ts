/** When a run of so many whole days that starts at `start` can be read. Local time, ms since the epoch. */
export function readingDay(start: number, days: number): number {
  const at = new Date(start);
  at.setDate(at.getDate() + days);
  return at.getTime();
}

/** Is the day, counted from 0 at `start`, a Saturday or Sunday? */
export function isWeekend(start: number, day: number): boolean {
  const weekday = new Date(readingDay(start, day)).getDay();
  return weekday === 0 || weekday === 6;
}

/** Today at noon: far from every change of clocks. */
export function noon(now: number): number {
  const at = new Date(now);
  at.setHours(12, 0, 0, 0);
  return at.getTime();
}

/** "December 15", "12月15日" */
export function longDate(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long' }).format(at);
}
