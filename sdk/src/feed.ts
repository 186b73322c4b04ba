import type { Line } from './line.ts';
import type { Reply, Rim } from './rim.ts';
import type { Ruleset } from './ruleset.ts';

/** Keeps the ruleset fresh: a stream tells that it changed, polling makes up for the stream. */
export type Feed = {
  /** Resolves after the first attempt, whatever came of it. */
  start(): Promise<void>;
  stop(): void;
};
export type FeedOptions = {
  /** Between two questions while no stream tells of changes, ms, ± 20 %. */
  readonly pollInterval: number;
  /** A change told by the stream is fetched after a random part of this, ms. */
  readonly refetchJitter: number;
  readonly stream: boolean;
  /** The ETag of the ruleset that is already known. */
  readonly etag: string | undefined;
  /** The version in use, 0 when there is none. */
  readonly version: () => number;
  readonly apply: (ruleset: Ruleset, etag: string | undefined) => void;
};

/** While the stream is open a question this many times rarer makes up for a stream that died silently. */
const rarer = 10;
const healthyAfter = 60_000;

export function createFeed(rim: Rim, line: Line, options: FeedOptions): Feed {
  const { transport, clock, random } = rim;
  const { pollInterval, refetchJitter, version } = options;
  let { etag } = options;
  let running = false;
  let fetching: Promise<void> | undefined;
  let failures = 0;
  /** The newest version that the stream told of. */
  let told = 0;
  let streaming = false;
  let streamFailures = 0;
  let cancelPoll: (() => void) | undefined;
  let endStream: (() => void) | undefined;

  /** One question at a time: answers cannot overtake each other. */
  function fetch(): Promise<void> {
    fetching ??= ask().finally(() => {
      fetching = undefined;
    });
    return fetching;
  }

  async function ask(): Promise<void> {
    cancelPoll?.();
    const reply = await line.send({ path: '/sdk/v1/ruleset', etag });
    const fresh = reply?.status === 304 || take(reply);
    if (fresh && told <= version()) {
      failures = 0;
      pollLater(pollInterval * (streaming ? rarer : 1) * (0.8 + 0.4 * random()));
    } else {
      // A server that is not yet as far as the stream told is asked again, ever more rarely.
      const soon = fresh && failures === 0;
      pollLater(soon ? random() * refetchJitter : line.wait(reply, failures));
      failures++;
    }
  }

  function take(reply: Reply | undefined): boolean {
    const ruleset = reply?.status === 200 && readRuleset(reply.body);
    if (!ruleset) return false;
    etag = reply.header('etag') ?? undefined;
    options.apply(ruleset, etag);
    return true;
  }

  function pollLater(ms: number): void {
    cancelPoll?.();
    if (running) cancelPoll = clock.after(ms, () => void fetch());
  }

  function listen(): void {
    if (!running || !options.stream || !transport.stream) return;
    endStream?.();
    const since = clock.now();
    endStream = transport.stream('/sdk/v1/stream', {
      message(data) {
        streaming = true;
        told = Math.max(told, Number(/"version":\s*(\d+)/.exec(data)?.[1] ?? 0));
        if (told > version() && !fetching) pollLater(random() * refetchJitter);
      },
      closed() {
        if (streaming) pollLater(random() * pollInterval);
        streaming = false;
        if (clock.now() - since > healthyAfter) streamFailures = 0;
        endStream = clock.after(line.wait(undefined, streamFailures++), listen);
      },
    });
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

/** Reads a ruleset of the schema that this SDK understands. */
export function readRuleset(text: string): Ruleset | undefined {
  try {
    const ruleset = JSON.parse(text) as { readonly schema?: unknown; readonly flags?: unknown };
    return ruleset.schema === 1 && ruleset.flags instanceof Object
      ? (ruleset as Ruleset)
      : undefined;
  } catch {
    return undefined;
  }
}
