import { readCached, writeCached } from './cache.ts';
import { changedFlags } from './changes.ts';
import { Feed } from './feed.ts';
import type { Options } from './options.ts';
import { compile } from './program.ts';
import { EventQueue } from './queue.ts';
import type { Rim } from './rim.ts';
import type { Context, Ruleset } from './ruleset.ts';
import { Core, type Units } from './core.ts';
import { Scope } from './scope.ts';
import { Skew } from './skew.ts';

export type Listener = (keys: readonly string[]) => void;

/** One connection to the server, and the flags of the user it was made for. Nothing throws after construction. */
export class Client extends Scope {
  readonly #rim: Rim;
  readonly #queue: EventQueue;
  readonly #feed: Feed;
  readonly #ready: Promise<void>;
  readonly #listeners = new Set<Listener>();
  readonly #cacheName: string;
  #overrides: ReadonlyMap<string, string>;
  #consent: boolean;

  constructor(rim: Rim, options: Options) {
    const { consent = true, flushInterval: interval = 1_000, ruleset, timeout = 2_000 } = options;
    const skew = new Skew();
    const queue = new EventQueue(rim, { skew, interval, consent });
    const core = new Core(rim, (draft) => queue.add(draft), options.sticky);
    super(core, options.unit ?? {}, options.attributes ?? {});
    this.#rim = rim;
    this.#queue = queue;
    this.#consent = consent;
    this.#overrides = new Map(Object.entries(options.overrides ?? {}));
    this.#force(this.#overrides);
    this.#cacheName = `assay.ruleset.${options.key.slice(-12)}`;
    const cached = consent ? readCached(rim.store, this.#cacheName, rim.clock.now()) : undefined;
    const known = newest(ruleset, cached?.ruleset);
    if (known !== undefined) this.core.program = compile(known);
    this.#feed = new Feed(rim, {
      skew,
      stream: options.stream ?? true,
      pollInterval: options.pollInterval ?? 30_000,
      refetchJitter: options.refetchJitter ?? 100,
      etag: known === cached?.ruleset ? cached?.etag : undefined,
      version: () => this.core.program?.ruleset.version ?? 0,
      apply: (next, etag) => {
        this.#apply(next, etag);
      },
    });
    const started = this.#feed.start();
    this.#ready = ruleset === undefined ? within(rim, timeout, started) : Promise.resolve();
    rim.onVisible?.((visible) => {
      if (visible) void this.#feed.start();
      else this.#feed.stop();
      if (!visible) this.#queue.leave();
    });
  }

  /** Resolves with the first ruleset, at once when one was given, at the latest after the timeout; never rejects. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** A user of one request: the same verbs, with their own units and attributes. */
  forUser(units: Units, attributes: Context = {}): Scope {
    return new Scope(this.core, units, attributes);
  }

  /** Adds to the units, or replaces them, as when a visitor signs in. */
  setUnit(units: Units): void {
    this.units = { ...this.units, ...units };
    this.#changeContext(units);
  }

  /** Adds to the attributes, or replaces them. */
  setAttributes(attributes: Context): void {
    this.#changeContext({ ...attributes, ...this.units });
  }

  /** Forces a flag's variant, for QA; undefined lets go. */
  override(flag: string, variant: string | undefined): void {
    const overrides = new Map(this.#overrides);
    if (variant === undefined) overrides.delete(flag);
    else overrides.set(flag, variant);
    this.#force(overrides);
    this.#emit([flag]);
  }

  /** Tells of flags that may serve something else now; returns a function that stops it. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether anything may be stored or sent; given late it sends what was held back, withdrawn it forgets everything. */
  consent(given: boolean): void {
    this.#consent = given;
    this.#queue.consent(given);
    if (!given) this.#rim.store?.remove(this.#cacheName);
  }

  /** Events that were dropped because they could not be sent for too long, or were refused. */
  get dropped(): number {
    return this.#queue.dropped;
  }

  /** Sends the waiting events; resolves when they are sent or an attempt failed. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** Sends the waiting events and ends all connections and timers. Flags keep answering. */
  close(): Promise<void> {
    this.#feed.stop();
    return this.#queue.close();
  }

  #apply(ruleset: Ruleset, etag: string | undefined): void {
    const before = this.core.program?.ruleset;
    if (before?.environment === ruleset.environment && ruleset.version < before.version) return;
    const changed = changedFlags(before, ruleset);
    if (before?.version === ruleset.version && changed.length === 0) return;
    this.core.program = compile(ruleset);
    if (this.#consent)
      writeCached(this.#rim.store, this.#cacheName, { ruleset, etag }, this.#rim.clock.now());
    if (changed.length > 0) this.#emit(changed);
  }

  #force(overrides: ReadonlyMap<string, string>): void {
    this.#overrides = overrides;
    this.core.override(overrides.size > 0 ? overrides : undefined);
  }

  #changeContext(members: Context): void {
    this.context = { ...this.context, ...members };
    this.#emit(this.core.program?.keys ?? []);
  }

  #emit(keys: readonly string[]): void {
    for (const listener of this.#listeners)
      try {
        listener(keys);
      } catch (cause) {
        this.#rim.log('Assay: a change listener failed.', cause);
      }
  }
}

function newest(a: Ruleset | undefined, b: Ruleset | undefined): Ruleset | undefined {
  return a === undefined || (b !== undefined && b.version > a.version) ? b : a;
}

function within({ clock }: Rim, ms: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    void work.finally(() => {
      cancel();
      resolve();
    });
  });
}
