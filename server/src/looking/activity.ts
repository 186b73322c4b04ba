import type { Activity } from '../contract/looking.ts';
import type { EventStore } from '../store/events/port.ts';

const dayMs = 86_400_000;

/** Events and exposures of the last `days` days (UTC), today included. */
export async function activityOf(
  events: Pick<EventStore, 'counts' | 'recent'>,
  environment: string,
  { days, now }: { readonly days: number; readonly now: number },
): Promise<Activity> {
  const from = (Math.floor(now / dayMs) + 1 - days) * dayMs;
  const [counts, newest] = await Promise.all([
    events.counts({ environment, from, to: now + dayMs, timeZone: 'UTC' }),
    events.recent(environment, 1),
  ]);
  const [last] = newest;
  return {
    events: [...counts.events],
    exposures: [...counts.exposures],
    lastEvent: last === undefined ? null : new Date(last.time).toISOString(),
  };
}
