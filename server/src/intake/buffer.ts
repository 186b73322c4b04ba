import { AppError } from '../errors.ts';
import type { AppendResult, EventStore, StoredEvent } from '../store/events/port.ts';

/** Events that wait for the disk at most; about 50 MB. */
const maxWaiting = 50_000;

export interface Buffer {
  readonly append: (events: readonly StoredEvent[]) => Promise<AppendResult>;
  readonly waiting: () => number;
}

/**
 * Bounds what waits for the store, which commits in groups. Throws AppError `rate_limited` when the bound is reached: the
 * sender keeps its events and comes back after 1 to 5 s.
 */
export function createBuffer(
  store: Pick<EventStore, 'append'>,
  random: () => number,
  bound: number = maxWaiting,
): Buffer {
  let waiting = 0;
  return {
    waiting: () => waiting,
    async append(events) {
      if (waiting > 0 && waiting + events.length > bound)
        throw new AppError(
          'rate_limited',
          `${waiting} events wait to be written, at most ${bound}`,
          {
            retryAfterSeconds: retryAfter(random),
          },
        );
      waiting += events.length;
      try {
        return await store.append(events);
      } finally {
        waiting -= events.length;
      }
    },
  };
}

/** Spread, so that those who were turned away do not come back together. Seconds. */
export function retryAfter(random: () => number): number {
  return 1 + Math.floor(random() * 5);
}
