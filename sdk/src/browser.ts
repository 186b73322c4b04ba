import { connect, type Client } from './client.ts';
import type { Options } from './options.ts';
import type { Reply, Rim, Store, StreamListener } from './rim.ts';
import { tried } from './tried.ts';

export type { Client, Listener } from './client.ts';
export type { TrackOptions, Units } from './core.ts';
export type { Decision, ErrorCode, Exposure, Reason } from './decision.ts';
export type { Options } from './options.ts';
export type * from './ruleset.ts';
export type { Scope } from './scope.ts';
export type { StickyStore } from './sticky.ts';

/** A keepalive request may carry 64 KiB, and a character takes three bytes at most. */
const mostKeptAlive = 20_000;

/**
 * Connects a page. The last known ruleset and unsent events are kept in `localStorage`; `?assay=checkout:one-page`
 * in the page's address forces a variant.
 * @example const assay = createClient({ url: 'https://ab.example', key: 'ck_…', unit: { deviceId } })
 */
export function createClient(options: Options): Client {
  const overrides = { ...forcedByAddress(), ...options.overrides };
  return connect(browserRim(options), { sticky: localStore, ...options, overrides });
}

/** `checkout:one-page,banner:off`, as QA puts it in an address. */
function forcedByAddress(): { [flag: string]: string } {
  const pairs = new URLSearchParams(location.search).get('assay')?.split(',') ?? [];
  return Object.fromEntries(pairs.map((pair) => pair.split(':', 2) as [string, string]));
}

/** The key travels in the address, and bodies as plain text: so no request needs a preflight. */
function browserRim({ url, key, logger = console.warn }: Options): Rim {
  const address = (path: string): string => `${url}${path}?key=${encodeURIComponent(key)}`;
  return {
    transport: {
      send: ({ path, body }) => send(address(path), body),
      ...('EventSource' in globalThis && {
        stream: (path: string, listener: StreamListener) => listen(address(path), listener),
      }),
    },
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
    log: logger,
    store: localStore,
    onVisible(listener) {
      addEventListener('visibilitychange', () => {
        listener(!document.hidden);
      });
      addEventListener('pagehide', () => {
        listener(false);
      });
    },
    limits: { queued: 1_000, batchEvents: 50, exposures: 256 },
  };
}

/** The ETag is left to the browser's own cache, which revalidates without a preflight. */
async function send(address: string, body = ''): Promise<Reply> {
  const response = await fetch(address, {
    ...(body && { method: 'POST', body, keepalive: body.length < mostKeptAlive }),
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
  const end = (): void => {
    source.close();
  };
  source.addEventListener('message', ({ data }) => {
    listener.message(String(data));
  });
  source.addEventListener('error', () => {
    end();
    listener.closed();
  });
  return end;
}

/** `localStorage` that never throws: it may be full, or forbidden. */
const localStore: Store = {
  get: (name) => tried(() => localStorage.getItem(name)) ?? null,
  set: (name, text) => {
    tried(() => {
      localStorage.setItem(name, text);
    });
  },
  remove: (name) => {
    tried(() => {
      localStorage.removeItem(name);
    });
  },
  names: () => tried(() => Object.keys(localStorage)) ?? [],
};
