/** Below this the server's clock, which speaks in whole seconds, tells nothing. ms. */
const noise = 2_000;

/** How far the server's clock is ahead of ours, as its answers tell. */
export class Skew {
  /** Milliseconds to add to our time. */
  offset = 0;

  observe(dateHeader: string | null, now: number): void {
    const ahead = dateHeader === null ? NaN : Date.parse(dateHeader) + 500 - now;
    if (!Number.isNaN(ahead)) this.offset = Math.abs(ahead) < noise ? 0 : ahead;
  }
}
