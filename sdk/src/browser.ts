import { connect, type Client } from './client.ts';
import type { Options } from './options.ts';
import type { Reply, Rim, Store, StreamListener, Transport } from './rim.ts';

export type { Client, Listener } from './client.ts';
export type { TrackOptions, Units } from './core.ts';
export type { Decision, ErrorCode, Exposure, Reason } from './decision.ts';
export type { Options } from './options.ts';
export type * from './ruleset.ts';
export type { Scope } from './scope.ts';
export type { StickyStore } from './sticky.ts';

/** A keepalive request may carry 64 KiB, less some for what else is on its way. */
const mostKeptAlive = 60_000;

/**
 * Connects a page. The last known ruleset and unsent events are kept in `localStorage`; `?assay=checkout:one-page`
 * in the page's address forces a variant.
 * @example const assay = createClient({ url: 'https://ab.example', key: 'ck_…', unit: { deviceId } })
 */
export function createClient(options: Options): Client {
  const store = localStore();
  const overrides = { ...forcedByUrl(location.search), ...options.overrides };
  return connect(browserRim(options, store), { sticky: store, ...options, overrides });
}

function browserRim(options: Options, store: Store): Rim {
  return {
    transport: browserTransport(options),
    clock: {
      now: Date.now,
      after(ms, call) {
        const timer = setTimeout(call, ms);
        return () => {
          clearTimeout(timer);
        };
      },
    },
    random: Math.random,
    log: options.logger ?? console.warn,
    store,
    onVisible(listener) {
      addEventListener('visibilitychange', () => {
        listener(document.visibilityState === 'visible');
      });
      addEventListener('pagehide', () => {
        listener(false);
      });
    },
    limits: { queued: 1_000, batchEvents: 100, exposures: 256 },
  };
}

/** The key travels in the address, and bodies as plain text: so no request needs a preflight. */
function browserTransport({ url, key }: Options): Transport {
  const address = (path: string): string => `${url}${path}?key=${encodeURIComponent(key)}`;
  return {
    send: ({ path, body }) => send(address(path), body),
    ...('EventSource' in globalThis && {
      stream: (path: string, listener: StreamListener) => listen(address(path), listener),
    }),
  };
}

/** The ETag is left to the browser's own cache, which revalidates without a preflight. */
async function send(address: string, body: string | undefined): Promise<Reply> {
  const keepalive = body !== undefined && new Blob([body]).size < mostKeptAlive;
  if (keepalive && !('keepalive' in Request.prototype) && document.visibilityState === 'hidden')
    navigator.sendBeacon(address, body);
  const response = await fetch(address, {
    ...(body !== undefined && { method: 'POST', body, keepalive }),
    cache: 'no-cache',
    credentials: 'omit',
    signal: AbortSignal.timeout(10_000),
  });
  return {
    status: response.status,
    body: await response.text(),
    header: (name) => response.headers.get(name),
  };
}

function listen(address: string, listener: StreamListener): () => void {
  const source = new EventSource(address);
  source.addEventListener('message', ({ data }) => {
    listener.message(String(data));
  });
  source.addEventListener('error', () => {
    source.close();
    listener.closed();
  });
  return () => {
    source.close();
  };
}

/** `checkout:one-page,banner:off`, as QA puts it in an address. */
function forcedByUrl(search: string): { [flag: string]: string } {
  const pairs = new URLSearchParams(search).get('assay')?.split(',') ?? [];
  return Object.fromEntries(pairs.map((pair) => pair.split(':', 2) as [string, string]));
}

/** `localStorage` that never throws: it may be full, or forbidden. */
function localStore(): Store {
  const tried = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  return {
    get: (name) => tried(() => localStorage.getItem(name), null),
    set: (name, text) => {
      tried(() => {
        localStorage.setItem(name, text);
      }, undefined);
    },
    remove: (name) => {
      tried(() => {
        localStorage.removeItem(name);
      }, undefined);
    },
    names: () => tried(() => Object.keys(localStorage), []),
  };
}
