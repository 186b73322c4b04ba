import type { Clock } from '../http/handler.ts';

const dayMs = 86_400_000;
const hour = 3;

/** Milliseconds until it is next 03:00 UTC, a day where it is just that. */
export function untilNight(now: number): number {
  const today = Math.floor(now / dayMs) * dayMs + hour * 3_600_000;
  return today > now ? today - now : today + dayMs - now;
}

/** Runs the work every night, never twice at once. The result stops it. */
export function nightly(work: () => Promise<void>, clock: Clock): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const next = (): void => {
    timer = setTimeout(() => {
      void work().finally(() => {
        if (!stopped) next();
      });
    }, untilNight(clock())).unref();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
