import { readCached } from './cache.ts';
import { changedFlags } from './changes.ts';
import { createCore, type Units } from './core.ts';
import { createFeed } from './feed.ts';
import { openLine } from './line.ts';
import type { Options } from './options.ts';
import { compile } from './program.ts';
import { createQueue } from './queue.ts';
import type { Rim } from './rim.ts';
import type { Context } from './ruleset.ts';
import { Scope } from './scope.ts';
import { tried } from './tried.ts';

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
export function connect(rim: Rim, options: Options, compileWith: typeof compile = compile): Client {
  const { clock, store } = rim;
  const { ruleset: given, consent: allowedFirst = true, timeout = 2_000 } = options;
  const cacheName = `assay.ruleset.${options.key}`;
  const line = openLine(rim);
  const queue = createQueue(rim, line, options.flushInterval ?? 1_000);
  const core = createCore(rim, queue.add, options);
  const listeners = new Set<Listener>();
  let allowed = allowedFirst;

  const cached = store && allowed ? readCached(store, cacheName, clock.now()) : undefined;
  const known = given && !(cached && cached.version > given.version) ? given : cached;
  if (known) core.program = compileWith(known, core.hold);
  core.hold.overrides = options.overrides;
  queue.consent(allowed);

  const feed = createFeed(rim, line, {
    stream: options.stream ?? true,
    pollInterval: options.pollInterval ?? 30_000,
    refetchJitter: options.refetchJitter ?? 100,
    version: () => core.program.ruleset?.version ?? 0,
    apply(ruleset) {
      const before = core.program.ruleset;
      const older = before && ruleset.version < before.version;
      if (older && ruleset.environment === before.environment) return;
      core.program = compileWith(ruleset, core.hold);
      if (allowed) store?.set(cacheName, JSON.stringify({ at: clock.now(), ruleset }));
      emit(changedFlags(before, ruleset));
    },
  });
  const started = feed.start();
  const ready = given
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        const cancel = clock.after(timeout, resolve);
        void started.then(cancel).then(resolve);
      });
  rim.onVisible?.((visible) => {
    if (visible) void feed.start();
    else {
      feed.stop();
      queue.leave();
    }
  });

  function emit(keys: readonly string[]): void {
    if (keys.length > 0)
      for (const listener of listeners)
        tried(() => {
          listener(keys);
        });
  }

  const scope = new Scope(core, options.unit, options.attributes);
  const setUser = scope.setUser.bind(scope);
  return Object.assign(scope, {
    ready: () => ready,
    forUser: (units: Units, attributes?: Context) => new Scope(core, units, attributes),
    setUser(units?: Units, attributes?: Context) {
      setUser(units, attributes);
      emit(core.program.keys);
    },
    onChange(listener: Listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    override(flag: string, variant?: string) {
      core.hold.overrides = { ...core.hold.overrides, [flag]: variant };
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
