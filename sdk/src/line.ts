import type { Reply, Request, Rim } from './rim.ts';

/** The way to the server: sends, reads the server's clock, and says how long to wait after a failure. */
export type Line = {
  /** How far the server's clock is ahead of ours, ms. */
  offset: number;
  /** Undefined when there was no answer; never rejects. */
  send(request: Request): Promise<Reply | undefined>;
  /** Milliseconds until the next attempt, after so many failures in a row. */
  wait(reply: Reply | undefined, failures: number): number;
};

/** Below this the server's clock, which speaks in whole seconds, tells nothing. ms. */
const noise = 2_000;
const refusedWait = 600_000;
const longestRetryAfter = 300_000;

export function openLine({ transport, clock, random, log }: Rim): Line {
  let warned = false;
  const line: Line = {
    offset: 0,
    async send(request) {
      const reply = await transport.send(request).catch(() => undefined);
      const ahead = Date.parse(reply?.header('date') ?? '') + 500 - clock.now();
      if (Math.abs(ahead) >= 0) line.offset = Math.abs(ahead) < noise ? 0 : ahead;
      if (refused(reply) && !warned) log(`Assay: the server refused the key (${reply!.status}).`);
      warned = refused(reply);
      return reply;
    },
    wait(reply, failures) {
      if (refused(reply)) return refusedWait;
      const asked = reply?.header('retry-after') ?? '';
      const wait = Number(asked) * 1_000 || Date.parse(asked) - clock.now() || 0;
      return (
        Math.min(Math.max(wait, 0), longestRetryAfter) +
        random() * Math.min(30_000, 1_000 * 2 ** failures)
      );
    },
  };
  return line;
}

/** Nothing helps but another key: ask again only now and then. */
export function refused(reply: Reply | undefined): boolean {
  return [401, 403, 404].includes(reply?.status ?? 0);
}
