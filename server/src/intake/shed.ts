/** Event-loop lag above which requests are turned away, ms. */
const tolerableMs = 100;
const step = 0.1;
const recovery = 0.02;
const most = 0.95;

/**
 * The chance with which a request is turned away, after a sample of the event loop's lag: under a flood no queue of ours
 * fills, sockets do, so the lag is the signal.
 * @example nextShed(0, 250) // 0.1
 */
export function nextShed(chance: number, lagMs: number): number {
  return lagMs > tolerableMs ? Math.min(most, chance + step) : Math.max(0, chance - recovery);
}

export interface Shedder {
  /** Asked when a request's headers are there. */
  readonly refuses: () => boolean;
  readonly lagMs: () => number;
  readonly close: () => void;
}

const everyMs = 50;

/** @param now monotonic, ms; `random` in [0, 1) */
export function watchLag({ now, random }: { now: () => number; random: () => number }): Shedder {
  let chance = 0;
  let lag = 0;
  let due = now() + everyMs;
  const timer = setInterval(() => {
    lag = Math.max(0, now() - due);
    due = now() + everyMs;
    chance = nextShed(chance, lag);
  }, everyMs);
  timer.unref();
  return {
    refuses: () => chance > 0 && random() < chance,
    lagMs: () => lag,
    close: () => {
      clearInterval(timer);
    },
  };
}
