import type { LiveEvent } from '@assay/server/contract';
import { useEffect, useRef, useState } from 'react';

/** Rows kept in sight; the stream itself may be far longer. */
export const mostShown = 200;
/** The page follows the stream a few times a second, however many events come. */
const beat = 250;

export type LiveBuffer = {
  readonly events: readonly LiveEvent[];
  /** What came while paused. */
  readonly missed: number;
  /** What the server left out because it was too much to show. */
  readonly skipped: number;
  readonly add: (event: LiveEvent) => void;
  readonly skip: (n: number) => void;
};

/** The newest events first, without one twice. */
export function merge(
  shown: readonly LiveEvent[],
  fresh: readonly LiveEvent[],
  most = mostShown,
): LiveEvent[] {
  const seen = new Set<string>();
  return [...fresh.toReversed(), ...shown]
    .filter((event) => {
      const id = `${event.id} ${event.type}`;
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    })
    .slice(0, most);
}

/** Collects what streams in and shows it in beats; while paused it only counts. */
export function useLiveBuffer(
  recent: readonly LiveEvent[] | undefined,
  isPaused: boolean,
): LiveBuffer {
  const [events, setEvents] = useState<readonly LiveEvent[]>([]);
  // What was there at the start, once: asked again later it would hold what came while paused.
  const [before, setBefore] = useState(recent);
  if (before === undefined && recent !== undefined) setBefore(recent);
  const [missed, setMissed] = useState(0);
  const [skipped, setSkipped] = useState(0);
  const fresh = useRef<LiveEvent[]>([]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (fresh.current.length === 0) return;
      if (isPaused) {
        setMissed(fresh.current.length);
        fresh.current = fresh.current.slice(-mostShown * 5);
        return;
      }
      const arrived = fresh.current;
      fresh.current = [];
      setMissed(0);
      setEvents((shown) => merge(shown, arrived));
    }, beat);
    return () => {
      clearInterval(timer);
    };
  }, [isPaused]);
  return {
    events: merge([...events, ...(before ?? [])], []),
    missed: isPaused ? missed : 0,
    skipped,
    add: (event) => {
      fresh.current.push(event);
    },
    skip: (n) => {
      setSkipped((now) => now + n);
    },
  };
}

type Filter = { q?: string | undefined; type?: LiveEvent['type'] | undefined };
export function matches(event: LiveEvent, { q, type }: Filter): boolean {
  if (type !== undefined && event.type !== type) return false;
  const text = [event.name, event.unit, event.variant ?? ''].join(' ').toLowerCase();
  return q === undefined || text.includes(q.toLowerCase());
}
