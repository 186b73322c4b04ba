import type { Reply, Request, Rim } from './rim.ts';

/** The way to the server: sends, reads the server's clock, and says how long to wait after a failure. */
export type Line = {
  /** How far the server's clock is ahead of ours, ms. */
  offset: number;
  /** Status 0 when there was no answer; never rejects. */
  readonly send: (request: Request) => Promise<Reply>;
  /** Milliseconds until the next attempt, after so many failures in a row. */
  readonly wait: (reply: Reply, failures: number) => number;
};

/** Below this the server's clock, which speaks in whole seconds, tells nothing. ms. */
const noise = 2_000;
/** Longest random part of a wait; a longer wait was the server's wish. ms. */
export const mostJitter = 30_000;
const refusedWait = 600_000;
const longestRetryAfter = 300_000;

export const silence: Reply = { status: 0, body: '', header: () => null };

export function openLine({ transport, clock, random, log }: Rim): Line {
  let warned = false;
  const line: Line = {
    offset: 0,
    async send(request) {
      let reply = silence;
      try {
        reply = await transport.send(request);
      } catch {
        // No answer.
      }
      const ahead = Date.parse(reply.header('date') ?? '') + 500 - clock.now();
      // Without a date this is NaN, and nothing is learnt.
      if (ahead * ahead >= 0) line.offset = Math.abs(ahead) < noise ? 0 : ahead;
      if (refused(reply) && !warned) log(`Assay: key refused (${reply.status})`);
      warned = refused(reply);
      return reply;
    },
    wait(reply, failures) {
      if (refused(reply)) return refusedWait;
      const asked = reply.header('retry-after') ?? '';
      const wait = Number(asked) * 1_000 || Date.parse(asked) - clock.now() || 0;
      const jitter = random() * Math.min(mostJitter, 1_000 * 2 ** failures);
      return Math.min(Math.max(wait, 0), longestRetryAfter) + jitter;
    },
  };
  return line;
}

/** Nothing helps but another key: ask again only now and then. */
function refused({ status }: Reply): boolean {
  return [401, 403, 404].includes(status);
}
