import type { Activity } from '@assay/server/contract';

export type Day = { day: string; events: number };

/** Events of all names by day, every day in the window present, the oldest first. `today` as YYYY-MM-DD. */
export function eventsByDay(activity: Activity, today: string, days: number): Day[] {
  const sums = new Map<string, number>();
  for (const { day, events } of activity.events) sums.set(day, (sums.get(day) ?? 0) + events);
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days }, (_, i) => {
    const day = new Date(last - (days - 1 - i) * 86_400_000).toISOString().slice(0, 10);
    return { day, events: sums.get(day) ?? 0 };
  });
}
