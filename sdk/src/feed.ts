import { readRuleset } from './cache.ts';
import { silence, type Line } from './line.ts';
import type { Reply, Rim, StreamListener } from './rim.ts';
import type { Ruleset } from './ruleset.ts';
import { single } from './single.ts';
import { tried } from './tried.ts';

/** Keeps the ruleset fresh: a stream tells that it changed, polling makes up for the stream. */
export type Feed = {
  /** Resolves after the first attempt, whatever came of it. */
  readonly start: () => Promise<void>;
  readonly stop: () => void;
};
export type FeedOptions = {
  /** Between two questions while no stream tells of changes, ms, ± 20 %. */
  readonly pollInterval: number;
  /** A change told by the stream is fetched after a random part of this, ms. */
  readonly refetchJitter: number;
  readonly stream: boolean;
  /** The version in use, 0 when there is none. */
  readonly version: () => number;
  readonly apply: (ruleset: Ruleset) => void;
};

/** While the stream is open a question this many times rarer makes up for a stream that died silently. */
const rarer = 10;
const healthyAfter = 60_000;

export function createFeed(
  { transport, clock, random }: Rim,
  line: Line,
  options: FeedOptions,
): Feed {
  const { pollInterval, refetchJitter, stream, version, apply } = options;
  let etag: string | undefined;
  let running = false;
  let asking = false;
  let failures = 0;
  /** The newest version that the stream told of. */
  let told = 0;
  let streaming = false;
  let streamFailures = 0;
  let cancelPoll: (() => void) | undefined;
  let endStream: (() => void) | undefined;

  /** One question at a time: answers cannot overtake each other. */
  const fetch = single(async () => {
    cancelPoll?.();
    asking = true;
    const reply = await line.send({ path: '/sdk/v1/ruleset', etag });
    asking = false;
    const fresh = reply.status === 304 || take(reply);
    if (fresh && told <= version()) {
      failures = 0;
      pollLater(pollInterval * (streaming ? rarer : 1) * (0.8 + 0.4 * random()));
    } else {
      // A server that is not yet as far as the stream told is asked again, ever more rarely.
      pollLater(fresh && !failures ? random() * refetchJitter : line.wait(reply, failures));
      failures++;
    }
  });

  function take({ status, body, header }: Reply): boolean {
    const ruleset = status === 200 ? readRuleset(body) : undefined;
    if (!ruleset) return false;
    etag = header('etag') ?? undefined;
    apply(ruleset);
    return true;
  }

  function pollLater(ms: number): void {
    cancelPoll?.();
    if (running) cancelPoll = clock.after(ms, () => void fetch());
  }

  function listen(): void {
    if (!running || !stream || !transport.stream) return;
    endStream?.();
    const since = clock.now();
    const listener: StreamListener = {
      message(data) {
        streaming = true;
        told = Math.max(told, Number(/\d+/.exec(data)));
        if (told > version() && !asking) pollLater(random() * refetchJitter);
      },
      closed() {
        if (streaming) pollLater(random() * pollInterval);
        streaming = false;
        if (clock.now() - since > healthyAfter) streamFailures = 0;
        endStream = clock.after(line.wait(silence, streamFailures++), listen);
      },
    };
    endStream = tried(() => transport.stream!('/sdk/v1/stream', listener));
    if (!endStream) listener.closed();
  }

  return {
    async start() {
      running = true;
      await fetch();
      listen();
    },
    stop() {
      running = streaming = false;
      cancelPoll?.();
      endStream?.();
    },
  };
}
