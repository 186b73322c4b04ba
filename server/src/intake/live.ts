import type { LiveEvent } from '../contract/looking.ts';
import type { EventStore, StoredEvent } from '../store/events/port.ts';
import type { RejectedEvent } from './batch.ts';

const everyMs = 250;
/** What one listener is shown at a time; of a busier stream it sees a part and how much it missed. */
const most = 50;
const lateMs = 3_600_000;
const mostNames = 10_000;

/** Gets what arrived since the last time, oldest first, and how many more there were. */
export type LiveListener = (events: readonly LiveEvent[], skipped: number) => void;

/** What the definitions know of; false makes a mark in the live view. */
export interface Knows {
  readonly experiment: (environment: string, key: string) => boolean;
  /** Whether a metric uses an event of this name. */
  readonly event: (environment: string, name: string) => boolean;
}

export interface RejectedBody extends RejectedEvent {
  readonly sent: unknown;
}
export interface Live {
  readonly accepted: (environment: string, events: readonly StoredEvent[]) => void;
  readonly rejected: (environment: string, rejected: readonly RejectedBody[], at: number) => void;
  readonly subscribe: (environment: string, listener: LiveListener) => () => void;
  readonly close: () => void;
}

type Item =
  | { readonly event: StoredEvent; readonly firstEver: boolean }
  | { readonly refused: RejectedBody; readonly at: number };
interface Channel {
  readonly listeners: Set<LiveListener>;
  items: Item[];
  skipped: number;
}

/** The bus of the live view. It costs nothing while nobody looks, and is bounded when somebody does. */
export function createLive(store: Pick<EventStore, 'seen'>, knows: Knows): Live {
  const channels = new Map<string, Channel>();
  const names = new Map<string, Set<string>>();
  const timer = setInterval(flush, everyMs);
  timer.unref();

  function flush(): void {
    for (const channel of channels.values()) {
      if (channel.items.length === 0) continue;
      const events = channel.items.map((item) => show(item, knows));
      const { skipped } = channel;
      channel.items = [];
      channel.skipped = 0;
      for (const listener of channel.listeners) listener(events, skipped);
    }
  }
  function push(channel: Channel, item: Item): void {
    channel.items.push(item);
    if (channel.items.length > most) {
      channel.items.shift();
      channel.skipped++;
    }
  }
  /** Names seen so far, asked of the store once for each environment that is looked at. */
  function prime(environment: string): void {
    if (names.has(environment)) return;
    const known = new Set<string>();
    names.set(environment, known);
    void remember(environment, known);
  }
  async function remember(environment: string, known: Set<string>): Promise<void> {
    try {
      for (const { name } of await store.seen(environment)) known.add(name);
    } catch {
      names.delete(environment);
    }
  }
  function isFirst(environment: string, event: StoredEvent): boolean {
    const known = names.get(environment);
    if (event.type === 'exposure' || known === undefined || known.has(event.name)) return false;
    if (known.size < mostNames) known.add(event.name);
    return true;
  }

  return {
    accepted(environment, events) {
      const channel = channels.get(environment);
      if (channel === undefined) return;
      for (const event of events) push(channel, { event, firstEver: isFirst(environment, event) });
    },
    rejected(environment, rejected, at) {
      const channel = channels.get(environment);
      if (channel === undefined) return;
      for (const refused of rejected) push(channel, { refused, at });
    },
    subscribe(environment, listener) {
      prime(environment);
      let channel = channels.get(environment);
      if (channel === undefined) {
        channel = { listeners: new Set(), items: [], skipped: 0 };
        channels.set(environment, channel);
      }
      channel.listeners.add(listener);
      return () => {
        channel.listeners.delete(listener);
        if (channel.listeners.size > 0) return;
        channels.delete(environment);
        names.delete(environment);
      };
    },
    close() {
      clearInterval(timer);
      channels.clear();
    },
  };
}

function show(item: Item, knows: Knows): LiveEvent {
  return 'event' in item
    ? showEvent(item.event, marksOf(item.event, item.firstEver, knows))
    : showRejected(item.refused, item.at);
}

/** An event as the live view and the unit page show it. */
export function showEvent(event: StoredEvent, marks: string[]): LiveEvent {
  const { id, type, unit, unitType, source } = event;
  const shared = {
    id,
    type,
    time: iso(event.time),
    received: iso(event.received),
    unit,
    unitType,
    source,
    marks,
  };
  if (event.type === 'exposure') {
    const { experiment, variant, attributes } = event;
    return {
      ...shared,
      name: experiment,
      variant,
      ...(attributes !== undefined && { properties: { ...attributes } }),
    };
  }
  const { name, value, properties } = event;
  return {
    ...shared,
    name,
    ...(value !== undefined && { value }),
    ...(properties !== undefined && { properties: { ...properties } }),
  };
}

/** What is odd about an event, as codes. */
export function marksOf(event: StoredEvent, firstEver: boolean, knows: Knows): string[] {
  const marks: string[] = [];
  if (event.type === 'exposure') {
    if (!knows.experiment(event.environment, event.experiment)) marks.push('unknownExperiment');
  } else if (firstEver) marks.push('firstEver');
  else if (!knows.event(event.environment, event.name)) marks.push('unknownEvent');
  if (event.received - event.time > lateMs) marks.push('late');
  return marks;
}

function showRejected({ code, detail, sent }: RejectedBody, at: number): LiveEvent {
  const found = new Map<string, unknown>(
    Object.entries(typeof sent === 'object' && sent !== null ? sent : {}),
  );
  const text = (key: string): string => {
    const value = found.get(key);
    return typeof value === 'string' ? value.slice(0, 200) : '';
  };
  return {
    id: text('id'),
    type: 'rejected',
    time: iso(at),
    received: iso(at),
    unit: text('unit'),
    unitType: text('unitType') || 'userId',
    name: text('name') || text('experiment'),
    source: 'sdk',
    marks: [code],
    detail,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
