import type { ServerResponse } from 'node:http';
import type { KeyIdentity } from './key.ts';
import type { Publisher } from './publisher.ts';

const heartbeatMs = 20_000;
/** A stream ends after 20 to 40 minutes, so that connections spread over servers again. */
const shortestMs = 20 * 60_000;
/** Answers are tens of bytes: whoever leaves this much unread is gone or too slow to serve. */
const mostUnread = 65_536;
const atOnce = 500;

export interface StreamDeps {
  readonly publisher: Publisher;
  readonly clock: () => number;
  /** In [0, 1): spreads reconnections. */
  readonly chance: () => number;
  /** Whether the key still opens what it did. */
  readonly isValid: (key: KeyIdentity & { readonly text: string }) => boolean;
  /** What is said of a version, on one line; `{"version": n}` unless told. */
  readonly message?: (version: number) => string;
}
export interface Streams {
  open(res: ServerResponse, key: KeyIdentity & { readonly text: string }): void;
  count(): number;
  close(): void;
}
interface Listener {
  readonly res: ServerResponse;
  readonly key: KeyIdentity & { readonly text: string };
  readonly until: number;
  /** The version that it was told last. */
  told: number;
}

/** Tells every connected SDK, by server-sent events, that its ruleset has a new version; it fetches when it likes. */
export function createStreams(deps: StreamDeps): Streams {
  const { message = (version) => `{"version": ${version}}` } = deps;
  const listeners = new Set<Listener>();
  const tell = (listener: Listener) => {
    const { environment, kind } = listener.key;
    const version = deps.publisher.current(environment, kind)?.version ?? listener.told;
    if (version <= listener.told) return;
    listener.told = version;
    write(listener, `data: ${message(version)}\n\n`);
  };
  const beat = (listener: Listener) => {
    if (deps.clock() < listener.until && deps.isValid(listener.key)) write(listener, ':\n\n');
    else listener.res.end();
  };
  const stop = deps.publisher.onPublish(({ environment, kind }) => {
    inChunks(
      [...listeners].filter((l) => l.key.environment === environment && l.key.kind === kind),
      tell,
    );
  });
  const timer = setInterval(() => {
    inChunks([...listeners], beat);
  }, heartbeatMs);
  timer.unref();
  return {
    open(res, key) {
      const until = deps.clock() + shortestMs * (1 + deps.chance());
      const listener = { res, key, until, told: -1 };
      res.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
      });
      res.write(`retry: ${Math.round(2_000 + 8_000 * deps.chance())}\n\n`);
      listeners.add(listener);
      res.once('close', () => listeners.delete(listener));
      tell(listener);
    },
    count: () => listeners.size,
    close() {
      stop();
      clearInterval(timer);
      for (const { res } of listeners) res.end();
      listeners.clear();
    },
  };
}

function write({ res }: Listener, text: string): void {
  if (res.destroyed || res.writableEnded) return;
  if (res.writableLength > mostUnread) res.destroy();
  else res.write(text);
}

/** Ten thousand writes in one go would hold up every other request. */
function inChunks<T>(items: readonly T[], visit: (item: T) => void, from = 0): void {
  for (const item of items.slice(from, from + atOnce)) visit(item);
  if (from + atOnce < items.length) setImmediate(inChunks<T>, items, visit, from + atOnce);
}
