/** What the core needs from its surroundings; a browser and a Node entry bring it, tests bring their own. */
export interface Rim {
  readonly transport: Transport;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Outlives the page; absent where there is none. */
  readonly store?: Store;
  /** Calls back when the page is hidden and shown. */
  readonly onVisible?: (listener: (visible: boolean) => void) => void;
  readonly limits: Limits;
}

/** Bounds that differ between a page and a server. */
export interface Limits {
  /** Events kept in memory while they cannot be sent. */
  readonly queued: number;
  readonly batchEvents: number;
  /** Exposures remembered, so that they are logged once. */
  readonly exposures: number;
}

export interface Request {
  readonly path: string;
  /** A POST when there is one. */
  readonly body?: string;
  readonly etag?: string | undefined;
}
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string | null;
}
export interface Transport {
  /** Rejects when there is no answer. */
  readonly send: (request: Request) => Promise<Reply>;
  /** Listens to server-sent events; returns a function that ends it. Absent where streams are not to be had. */
  readonly stream?: (path: string, listener: StreamListener) => () => void;
}
export interface StreamListener {
  readonly message: (data: string) => void;
  /** The stream broke or could not be opened; it will not come back by itself. */
  readonly closed: () => void;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls once after `ms`; returns a function that cancels it. Must not keep a process alive. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** Small texts by name. Never throws: what cannot be stored is not. */
export interface Store {
  readonly get: (name: string) => string | null;
  readonly set: (name: string, text: string) => void;
  readonly remove: (name: string) => void;
  readonly names: () => string[];
}

export type Log = (message: string, cause?: unknown) => void;
