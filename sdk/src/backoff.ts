const longestRetryAfter = 300_000;

/** Statuses that say the key is wrong: nothing helps but another key, so ask again only now and then. */
export function refused(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}
export const refusedWait = 600_000;

/** Full jitter: a random wait in [0, min(30 s, 1 s · 2^failures)). */
export function jitter(failures: number, random: () => number): number {
  return random() * Math.min(30_000, 1_000 * 2 ** failures);
}

/** The wait that a `Retry-After` asks for in ms, at most 5 minutes; 0 when there is none. */
export function retryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  const seconds = Number(header);
  const wait = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1_000;
  return wait > 0 ? Math.min(wait, longestRetryAfter) : 0;
}
