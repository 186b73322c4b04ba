import { setTimeout } from 'node:timers/promises';
import { createClient, type Rim } from '@assay/sdk/node';
import { demoFlag } from './definitions.ts';
import type { ShopApp } from './simulator.ts';
import type { Layout } from './shop.ts';

export interface DemoApp extends ShopApp {
  ready(): Promise<void>;
  /** Waits until the SDK's queue has room again: the simulation can be faster than the server, and nothing may be lost. */
  roomy(): Promise<void>;
  close(): Promise<void>;
}

export interface DemoAppOptions {
  readonly url: string;
  readonly key: string;
  readonly log: (message: string) => void;
  /** Until this simulated time nothing is sent: it was, before a restart. ms. */
  readonly sentUntil: number;
}

/** Events that may wait in the SDK; it holds 10,000. */
const room = 3_000;
/** A server that does not take an event for two minutes is gone. */
const patience = 600;
const pause = 200;

/** The shop's app: the real SDK over HTTP. */
export function createDemoApp({ url, key, log, sentUntil }: DemoAppOptions): DemoApp {
  const time: SimulatedTime = { now: undefined };
  const count = { handed: 0, taken: 0 };
  const client = createClient({ url, key, logger: log, timeout: 10_000 }, (rim) =>
    counting(onTime(rim, time), (events) => {
      count.taken += events;
    }),
  );
  const full = () => count.handed - count.taken > room;

  /** The SDK is asked at the simulated moment; between two calls its clock, timers and retries are real. */
  function at<T>(moment: number, ask: () => T): T {
    time.now = moment;
    try {
      return ask();
    } finally {
      time.now = undefined;
    }
  }

  return {
    enter(who, moment) {
      const user = client.forUser({ userId: who.id }, who.attributes);
      if (moment <= sentUntil) return layoutOf(user.peek(demoFlag, 'classic'));
      count.handed += 1;
      return layoutOf(at(moment, () => user.get(demoFlag, 'classic')));
    },
    act(who, { name, value, properties }, moment) {
      if (moment <= sentUntil) return;
      const user = client.forUser({ userId: who.id }, who.attributes);
      const details = { ...(value !== undefined && { value }), ...(properties && { properties }) };
      count.handed += 1;
      at(moment, () => {
        user.track(name, details);
      });
    },
    ready: () => client.ready(),
    async roomy() {
      for (let tries = 0; full() && tries < patience; tries++) {
        await client.flush();
        if (full()) await setTimeout(pause);
      }
    },
    close: () => client.close(),
  };
}

interface SimulatedTime {
  now: number | undefined;
}

function onTime(rim: Rim, time: SimulatedTime): Rim {
  return { ...rim, clock: { ...rim.clock, now: () => time.now ?? rim.clock.now() } };
}

/**
 * Tells how many events the server took. A busy server is asked again from here: the SDK gives an event up when it is a day
 * old, and the simulated past is older than that.
 */
function counting(rim: Rim, taken: (events: number) => void): Rim {
  const { transport } = rim;
  return {
    ...rim,
    transport: {
      ...transport,
      async send(request) {
        if (request.body === undefined) return transport.send(request);
        let reply = await transport.send(request);
        for (let tries = 0; busy(reply.status) && tries < patience; tries++) {
          await setTimeout(pause);
          reply = await transport.send(request);
        }
        taken((JSON.parse(request.body) as { events: unknown[] }).events.length);
        return reply;
      },
    },
  };
}

function busy(status: number): boolean {
  return status === 429 || status === 503;
}

function layoutOf(value: string): Layout {
  return value === 'one_page' ? 'one-page' : 'classic';
}
