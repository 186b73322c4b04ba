import { jitter, refused, refusedWait, retryAfter } from './backoff.ts';
import type { Reply, Rim } from './rim.ts';
import type { Ruleset } from './ruleset.ts';
import type { Skew } from './skew.ts';

export type FeedOptions = {
  readonly skew: Skew;
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

/** Keeps the ruleset fresh: a stream tells that it changed, polling makes up for the stream. */
export class Feed {
  readonly #rim: Rim;
  readonly #options: FeedOptions;
  #etag: string | undefined;
  #fetching: Promise<void> | undefined;
  #failures = 0;
  /** The newest version that the stream told of. */
  #told = 0;
  #running = false;
  #cancelPoll: (() => void) | undefined;
  #endStream: (() => void) | undefined;
  #streaming = false;
  #streamFailures = 0;

  constructor(rim: Rim, options: FeedOptions) {
    this.#rim = rim;
    this.#options = options;
    this.#etag = options.etag;
  }

  /** Resolves after the first attempt, whatever came of it. */
  async start(): Promise<void> {
    this.#running = true;
    await this.#fetch();
    this.#listen();
  }
  stop(): void {
    this.#running = false;
    this.#streaming = false;
    this.#cancelPoll?.();
    this.#endStream?.();
    this.#endStream = undefined;
  }

  /** One question at a time: answers cannot overtake each other. */
  #fetch(): Promise<void> {
    this.#fetching ??= this.#ask().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #ask(): Promise<void> {
    const { transport, clock, random } = this.#rim;
    this.#cancelPoll?.();
    const request = { path: '/sdk/v1/ruleset', etag: this.#etag };
    const reply = await transport.send(request).catch(() => undefined);
    const now = clock.now();
    this.#options.skew.observe(reply?.header('date') ?? null, now);
    const fresh = reply !== undefined && (reply.status === 304 || this.#take(reply));
    // A server that is not yet as far as the stream told is asked again, ever more rarely.
    if (fresh && this.#told <= this.#options.version()) {
      this.#failures = 0;
      const interval = this.#options.pollInterval * (this.#streaming ? rarer : 1);
      this.#pollLater(interval * (0.8 + 0.4 * random()));
      return;
    }
    const status = reply?.status ?? 0;
    if (refused(status) && this.#failures === 0)
      this.#rim.log(`Assay: the key was refused (${status}).`, reply?.body);
    const asked = refused(status)
      ? refusedWait
      : retryAfter(reply?.header('retry-after') ?? null, now);
    const wait =
      fresh && this.#failures === 0
        ? random() * this.#options.refetchJitter
        : jitter(this.#failures, random);
    this.#failures++;
    this.#pollLater(asked + wait);
  }

  #take(reply: Reply): boolean {
    if (reply.status !== 200) return false;
    const ruleset = readRuleset(reply.body);
    if (ruleset === undefined) return false;
    this.#etag = reply.header('etag') ?? undefined;
    this.#options.apply(ruleset, this.#etag);
    return true;
  }

  #pollLater(ms: number): void {
    this.#cancelPoll?.();
    if (this.#running) this.#cancelPoll = this.#rim.clock.after(ms, () => void this.#fetch());
  }

  #listen(): void {
    const { transport, clock, random } = this.#rim;
    if (!this.#running || !this.#options.stream || transport.stream === undefined) return;
    const since = clock.now();
    this.#endStream = transport.stream('/sdk/v1/stream', {
      message: (data) => {
        this.#streaming = true;
        this.#told = Math.max(this.#told, readVersion(data));
        if (this.#told > this.#options.version() && this.#fetching === undefined)
          this.#pollLater(random() * this.#options.refetchJitter);
      },
      closed: () => {
        if (clock.now() - since > healthyAfter) this.#streamFailures = 0;
        this.#streaming = false;
        this.#pollLater(this.#options.pollInterval * random());
        this.#endStream = clock.after(jitter(this.#streamFailures++, random), () => this.#listen());
      },
    });
  }
}

/** Reads a ruleset of the schema that this SDK understands. */
export function readRuleset(text: string): Ruleset | undefined {
  const ruleset = parse(text) as Partial<Ruleset>;
  const readable =
    (ruleset.schema as number | undefined) === 1 && typeof ruleset.flags === 'object';
  return readable ? (ruleset as Ruleset) : undefined;
}

function readVersion(data: string): number {
  const { version } = parse(data) as { version?: unknown };
  return typeof version === 'number' ? version : 0;
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
