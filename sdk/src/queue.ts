import { createDrafts } from './drafts.ts';
import { writeEvent, type Draft } from './event.ts';
import { refused, type Line } from './line.ts';
import type { Reply, Rim } from './rim.ts';
import { adoptBatches, keepBatches, type Batch } from './shelf.ts';
import { uuidv7 } from './uuid.ts';

/** Carries events to the server in batches, one at a time, through outages. Bounded in memory and in storage. */
export type EventQueue = {
  readonly add: (draft: Draft) => void;
  /** Sends all that waits now; resolves when it is sent or an attempt failed, never rejects. */
  readonly flush: () => Promise<void>;
  /** The page may never come back: send one batch, which outlives it, and store all that is not acknowledged. */
  readonly leave: () => void;
  /** Consent given sends what was held back; withheld, nothing is sent or stored, and all is forgotten. */
  readonly consent: (given: boolean) => void;
  readonly close: () => Promise<void>;
  /** How many events were given up. */
  readonly dropped: () => number;
};

const giveUpAfter = 24 * 3_600_000;

/** @param interval how long the first event of a batch waits for others, ms */
export function createQueue(rim: Rim, line: Line, interval: number): EventQueue {
  const { clock, random, log, store, limits } = rim;
  const ownName = uuidv7(clock.now(), random);
  const drafts = createDrafts(limits.queued, (events) => giveUp(events, 'found no room'));
  let outbox: Batch[] = [];
  let allowed = false;
  let closed = false;
  let failures = 0;
  let dropped = 0;
  /** The server asked for no attempt before this time. */
  let notBefore = 0;
  let sending: Promise<void> | undefined;
  let cancelTimer: (() => void) | undefined;

  function wake(ms: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(ms, () => {
      cancelTimer = undefined;
      void send();
    });
  }

  function send(): Promise<void> {
    sending ??= drain().finally(() => {
      sending = undefined;
      if (!cancelTimer && drafts.size() > 0) wake(interval);
    });
    return sending;
  }

  function may(): boolean {
    return allowed && clock.now() >= notBefore;
  }

  /** Sends the outbox and what waits at this moment; later events wait for company. */
  async function drain(): Promise<void> {
    let waiting = drafts.size();
    while (may()) {
      const batch = outbox[0];
      if (batch) {
        if (!settle(batch, await line.send({ path: '/sdk/v1/events', body: write(batch) }))) return;
      } else if (waiting > 0) waiting -= fill();
      else return;
    }
  }

  /** Makes one batch of what waits; answers how many events it took. */
  function fill(): number {
    const { offset } = line;
    const taken = drafts.take(limits.batchEvents);
    const events = taken.flatMap((draft) => {
      const at = draft.at + offset;
      try {
        return writeEvent(draft, uuidv7(at, random), at);
      } catch {
        giveUp(1, 'is no JSON');
        return [];
      }
    });
    if (events.length > 0) outbox.push({ events, since: clock.now(), offset });
    return taken.length;
  }

  function write({ events, offset }: Batch): string {
    return `{"events":[${events.join()}],"sentAt":${clock.now() + offset}}`;
  }

  /** Draws the conclusion of an attempt; whether the next batch may follow. */
  function settle(batch: Batch, reply: Reply | undefined): boolean {
    const place = outbox.indexOf(batch);
    // Consent was withdrawn meanwhile.
    if (place < 0) return true;
    const { events } = batch;
    const status = reply?.status ?? 0;
    const half = events.length >> 1;
    const rest: Batch[] = [];
    if (status >= 200 && status < 300) {
      failures = 0;
      if (reply!.body.includes('"index"')) log('Assay: events were rejected.', reply!.body);
    } else if (status === 413 && half > 0)
      rest.push(
        { ...batch, events: events.slice(0, half) },
        { ...batch, events: events.slice(half) },
      );
    else if (clock.now() - batch.since > giveUpAfter || hopeless(reply))
      giveUp(events.length, `answered with ${status}`, reply?.body);
    else {
      const wait = line.wait(reply, failures++);
      if (reply)
        notBefore = clock.now() + (reply.header('retry-after') || refused(reply) ? wait : 0);
      wake(wait);
      shelve();
      return false;
    }
    outbox.splice(place, 1, ...rest);
    shelve();
    return true;
  }

  function giveUp(events: number, why: string, cause?: unknown): void {
    dropped += events;
    log(`Assay: ${events} events dropped: ${why}`, cause);
  }
  function shelve(): void {
    if (store) keepBatches(store, ownName, allowed ? outbox : []);
  }

  return {
    add(draft) {
      if (closed) return;
      drafts.add(draft);
      if (drafts.size() === limits.batchEvents && failures === 0) wake(0);
      else if (!cancelTimer) wake(interval);
    },
    async flush() {
      await sending;
      await send();
    },
    leave() {
      if (!allowed) return;
      if (failures === 0) void send();
      while (drafts.size() > 0) fill();
      while (outbox.length > limits.queued / limits.batchEvents)
        giveUp(outbox.shift()!.events.length, 'found no room');
      shelve();
    },
    consent(given) {
      if (given === allowed) return;
      allowed = given;
      if (given) {
        if (store) outbox.push(...adoptBatches(store));
        wake(interval);
      } else {
        drafts.take(limits.queued);
        drafts.take(limits.queued);
        outbox = [];
        shelve();
      }
    },
    async close() {
      await this.flush();
      this.leave();
      closed = true;
      cancelTimer?.();
    },
    dropped: () => dropped,
  };
}

/** Refused for what it is: sending it again would not help. */
function hopeless(reply: Reply | undefined): boolean {
  const status = reply?.status ?? 0;
  return status >= 400 && status < 500 && !refused(reply) && ![408, 425, 429].includes(status);
}
