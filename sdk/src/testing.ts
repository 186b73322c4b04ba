import { connect, type Client } from './client.ts';
import type { Options } from './options.ts';
import { compile, type Program } from './program.ts';
import type { Rim } from './rim.ts';
import { outcome } from './rule.ts';
import type { FlagValue } from './ruleset.ts';

/** An event as it would have been sent. */
export type RecordedEvent = {
  readonly type: 'exposure' | 'track';
  readonly unit: string;
  readonly unitType: string;
  readonly [member: string]: unknown;
};
export type TestClient = Client & {
  /** Sets what a flag serves to everybody from now on. */
  readonly set: (flag: string, value: FlagValue) => void;
  /** All that was logged so far. */
  readonly events: () => Promise<readonly RecordedEvent[]>;
};

/**
 * A client without a server: flags serve what the test sets, or what a given ruleset says, and events are recorded.
 * @example
 * const assay = createTestClient({ checkout: 'one-page' });
 * assay.get('checkout', 'classic') // 'one-page'
 */
export function createTestClient(
  flags: { readonly [key: string]: FlagValue },
  options: Partial<Options> = {},
): TestClient {
  const values = new Map(Object.entries(flags));
  const recorded: RecordedEvent[] = [];
  const ruleset = {
    schema: 1,
    version: 1,
    environment: 'test',
    flags: {},
    segments: {},
    holdouts: {},
    layers: {},
  } as const;
  const client = connect(
    recordingRim(recorded),
    { url: '', key: 'test', unit: { userId: 'test' }, ruleset, ...options },
    (given, hold) => withValues(compile(given, hold), values),
  );
  return Object.assign(client, {
    set(flag: string, value: FlagValue) {
      values.set(flag, value);
      // A change of overrides, even to what they were, tells the listeners.
      client.override(flag, undefined);
    },
    async events() {
      await client.flush();
      return recorded;
    },
  });
}

function withValues(program: Program, values: ReadonlyMap<string, FlagValue>): Program {
  return {
    ...program,
    all: (context) => ({ ...program.all(context), ...Object.fromEntries(values) }),
    decide(key, context) {
      const value = values.get(key);
      return value === undefined ? program.decide(key, context) : outcome('STATIC', { value });
    },
  };
}

/** A server that takes every event and never has news, at a time that stands still. */
function recordingRim(recorded: RecordedEvent[]): Rim {
  return {
    transport: {
      send({ body }) {
        if (body !== undefined)
          recorded.push(...(JSON.parse(body) as { events: RecordedEvent[] }).events);
        return Promise.resolve({
          status: body === undefined ? 304 : 202,
          body: '',
          header: () => null,
        });
      },
    },
    clock: { now: () => 0, after: () => () => undefined },
    random: () => 0.5,
    log: () => undefined,
    limits: { queued: 10_000, batchEvents: 1_000, exposures: 1_024 },
  };
}
