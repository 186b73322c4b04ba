import { createClient, type Rim } from '@assay/sdk/node';
import { demoFlag } from './definitions.ts';
import type { ShopApp } from './simulator.ts';
import type { Layout, Visitor } from './shop.ts';

export interface DemoApp extends ShopApp {
  /** Events handed to the SDK since the last flush. */
  readonly waiting: number;
  ready(): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

export interface DemoAppOptions {
  readonly url: string;
  readonly key: string;
  readonly log: (message: string) => void;
  /** Until this simulated time nothing is sent: it was, before a restart. ms. */
  readonly sentUntil: number;
}

/** The shop's app: the real SDK over HTTP, on a clock that shows the time of whatever happens in the simulation. */
export function createDemoApp({ url, key, log, sentUntil }: DemoAppOptions): DemoApp {
  const time = { now: sentUntil };
  const client = createClient({ url, key, logger: log, timeout: 10_000 }, (rim) =>
    onSimulatedTime(rim, time),
  );
  let waiting = 0;
  return {
    enter(who, at) {
      time.now = at;
      const user = client.forUser({ userId: who.id }, who.attributes);
      if (at <= sentUntil) return layoutOf(user.peek(demoFlag, 'classic'));
      waiting += 1;
      return layoutOf(user.get(demoFlag, 'classic'));
    },
    act(who: Visitor, { name, value, properties }, at) {
      if (at <= sentUntil) return;
      time.now = at;
      waiting += 1;
      client
        .forUser({ userId: who.id }, who.attributes)
        .track(name, { ...(value !== undefined && { value }), ...(properties && { properties }) });
    },
    get waiting() {
      return waiting;
    },
    ready: () => client.ready(),
    async flush() {
      waiting = 0;
      await client.flush();
    },
    close: () => client.close(),
  };
}

/**
 * Events carry simulated times; the moment of sending must be the true one, or the server would take the difference for a
 * wrong clock, and so would the SDK from the server's `Date`.
 */
function onSimulatedTime(rim: Rim, time: { now: number }): Rim {
  return {
    ...rim,
    clock: { now: () => time.now, after: (ms, call) => rim.clock.after(ms, call) },
    transport: {
      ...rim.transport,
      async send(request) {
        const { body } = request;
        const reply = await rim.transport.send(
          body === undefined
            ? request
            : {
                ...request,
                body: JSON.stringify({ ...(JSON.parse(body) as object), sentAt: Date.now() }),
              },
        );
        return {
          status: reply.status,
          body: reply.body,
          header: (name) => (name.toLowerCase() === 'date' ? null : reply.header(name)),
        };
      },
    },
  };
}

function layoutOf(value: string): Layout {
  return value === 'one_page' ? 'one-page' : 'classic';
}
