import {
  connect,
  type Client,
  type Options,
  type Reply,
  type Request,
  type Rim,
  type Store,
  type StreamListener,
} from '@assay/sdk';

/** What the server answers: a status, or more; an Error is a broken connection. */
export type Answer =
  number | Error | { status: number; body?: string; headers?: Record<string, string> };

/** A time that stands still until it is told to pass. */
export function fakeClock(start = Date.UTC(2026, 0, 1)) {
  let now = start;
  const timers = new Set<{ at: number; call: () => void }>();
  return {
    clock: {
      now: () => now,
      after(ms: number, call: () => void) {
        const timer = { at: now + ms, call };
        timers.add(timer);
        return () => {
          timers.delete(timer);
        };
      },
    },
    /** Sets the clock itself, as a user may. */
    set: (time: number) => {
      now = time;
    },
    timers: () => timers.size,
    /** Lets time pass, calling what is due, and lets promises settle at each step. */
    pass: async (ms: number): Promise<void> => {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = [...timers].filter((t) => t.at <= end).toSorted((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.call();
      }
      now = end;
      await settled();
    },
  };
}
export const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

export function memoryStore(): Store & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get: (name) => texts.get(name) ?? null,
    set: (name, text) => void texts.set(name, text),
    remove: (name) => void texts.delete(name),
    names: () => [...texts.keys()],
  };
}

export type SentEvent = {
  id: string;
  at: number;
  type: string;
  unit: string;
  unitType?: string;
  name?: string;
  [member: string]: unknown;
};
export type Sent = { time: number; events: SentEvent[]; sentAt: number };

/** Surroundings under full control; unless told otherwise the server knows no ruleset and takes every event. */
export function fakeRim(members: Partial<Rim> = {}) {
  const time = fakeClock();
  const rulesetRequests: Request[] = [];
  const batches: Sent[] = [];
  const logs: string[] = [];
  const streams: { listener: StreamListener; ended: boolean }[] = [];
  let visible: ((shown: boolean) => void) | undefined;
  const server: { ruleset: (request: Request) => Answer; events: (sent: Sent) => Answer } = {
    ruleset: (): Answer => 500,
    events: (): Answer => 202,
  };
  const rim: Rim = {
    clock: time.clock,
    random: () => 0.5,
    log: (message) => void logs.push(message),
    onVisible: (listener) => {
      visible = listener;
    },
    limits: { queued: 1_000, batchEvents: 10, exposures: 64 },
    transport: {
      async send(request) {
        await Promise.resolve();
        if (request.body === undefined) {
          rulesetRequests.push(request);
          return reply(server.ruleset(request));
        }
        const body = JSON.parse(request.body) as Omit<Sent, 'time'>;
        const sent = { time: time.clock.now(), ...body };
        batches.push(sent);
        return reply(server.events(sent));
      },
      stream(_, listener) {
        const stream = { listener, ended: false };
        streams.push(stream);
        return () => {
          stream.ended = true;
        };
      },
    },
    ...members,
  };
  const client = (options: Partial<Options> = {}): Client =>
    connect(rim, { url: '', key: 'ck_test', unit: { userId: 'u1' }, ...options });
  return {
    ...time,
    rim,
    server,
    client,
    rulesetRequests,
    batches,
    logs,
    streams,
    show: (shown: boolean) => visible?.(shown),
    /** All events that were sent, with repeats. */
    events: () => batches.flatMap((b) => b.events),
  };
}

function reply(answer: Answer): Reply {
  if (answer instanceof Error) throw answer;
  const {
    status,
    body = '{}',
    headers = {},
  } = typeof answer === 'number' ? { status: answer } : answer;
  return { status, body, header: (name) => headers[name] ?? null };
}
