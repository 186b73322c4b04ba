import { readCached, writeCached } from './cache.ts';
import { changedFlags } from './changes.ts';
import { createCore, type Units } from './core.ts';
import { createFeed } from './feed.ts';
import { openLine } from './line.ts';
import type { Options } from './options.ts';
import { compile } from './program.ts';
import { createQueue } from './queue.ts';
import type { Rim } from './rim.ts';
import type { Context, Ruleset } from './ruleset.ts';
import { Scope } from './scope.ts';

export type Listener = (keys: readonly string[]) => void;

/** One connection to the server, and the flags of the user it was made for. Nothing throws after construction. */
export type Client = Scope & {
  /** Resolves with the first ruleset, at once when one was given, at the latest after the timeout; never rejects. */
  readonly ready: () => Promise<void>;
  /** The user of one request: the same verbs, with their own units and attributes. */
  readonly forUser: (units: Units, attributes?: Context) => Scope;
  /** Tells of flags that may serve something else now; returns a function that stops it. */
  readonly onChange: (listener: Listener) => () => void;
  /** Forces a flag's variant, for QA; undefined lets go. */
  readonly override: (flag: string, variant: string | undefined) => void;
  /** Whether anything may be stored or sent; given late it sends what was held back, withdrawn it forgets everything. */
  readonly consent: (given: boolean) => void;
  /** Sends the waiting events; resolves when they are sent or an attempt failed. */
  readonly flush: () => Promise<void>;
  /** Sends the waiting events and ends all connections and timers. Flags keep answering. */
  readonly close: () => Promise<void>;
  /** How many events were dropped, because they could not be sent for too long or were refused. */
  readonly dropped: () => number;
};

/** What the entries call `createClient`, with the surroundings given. */
export function connect(rim: Rim, options: Options): Client {
  const { clock, store, log } = rim;
  const {
    key,
    ruleset: given,
    consent = true,
    stream = true,
    timeout = 2_000,
    flushInterval = 1_000,
    pollInterval = 30_000,
    refetchJitter = 100,
  } = options;
  const cacheName = `assay.ruleset.${key.slice(-12)}`;
  const line = openLine(rim);
  const queue = createQueue(rim, line, flushInterval);
  const core = createCore(rim, queue.add, options.sticky);
  const overrides = new Map(Object.entries(options.overrides ?? {}));
  const listeners = new Set<Listener>();
  let allowed = consent;

  const cached = allowed ? readCached(store, cacheName, clock.now()) : undefined;
  const known = newest(given, cached?.ruleset);
  if (known) core.program = compile(known);
  core.force(overrides);
  queue.consent(allowed);

  const feed = createFeed(rim, line, {
    stream,
    pollInterval,
    refetchJitter,
    etag: known === given ? undefined : cached?.etag,
    version: () => core.program?.ruleset.version ?? 0,
    apply(ruleset, etag) {
      const before = core.program?.ruleset;
      if (before?.environment === ruleset.environment && ruleset.version < before.version) return;
      const changed = changedFlags(before, ruleset);
      core.program = compile(ruleset);
      if (allowed) writeCached(store, cacheName, { ruleset, etag }, clock.now());
      if (changed.length > 0) emit(changed);
    },
  });
  const started = feed.start();
  const ready = given ? Promise.resolve() : first(started, (done) => clock.after(timeout, done));
  rim.onVisible?.((visible) => {
    if (visible) void feed.start();
    else {
      feed.stop();
      queue.leave();
    }
  });

  function emit(keys: readonly string[]): void {
    for (const listener of listeners)
      try {
        listener(keys);
      } catch (cause) {
        log('Assay: a change listener failed.', cause);
      }
  }

  const scope = new Scope(core, options.unit, options.attributes);
  const setUser = scope.setUser.bind(scope);
  return Object.assign(scope, {
    ready: () => ready,
    forUser: (units: Units, attributes?: Context) => new Scope(core, units, attributes),
    setUser(units: Units | undefined, attributes: Context | undefined) {
      setUser(units, attributes);
      emit(core.program?.keys ?? []);
    },
    onChange(listener: Listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    override(flag: string, variant: string | undefined) {
      if (variant === undefined) overrides.delete(flag);
      else overrides.set(flag, variant);
      core.force(overrides);
      emit([flag]);
    },
    consent(permitted: boolean) {
      allowed = permitted;
      queue.consent(permitted);
      if (!permitted) store?.remove(cacheName);
    },
    flush: queue.flush,
    close() {
      feed.stop();
      return queue.close();
    },
    dropped: queue.dropped,
  });
}

function newest(a: Ruleset | undefined, b: Ruleset | undefined): Ruleset | undefined {
  return a && !(b && b.version > a.version) ? a : b;
}

function first(work: Promise<void>, timer: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    void work.finally(timer(resolve)).then(resolve);
  });
}
