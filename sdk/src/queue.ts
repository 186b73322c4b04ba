import { jitter, refused, refusedWait, retryAfter } from './backoff.ts';
import { Drafts } from './drafts.ts';
import { writeEvent, type Draft } from './event.ts';
import type { Reply, Rim } from './rim.ts';
import { Shelf, type Batch } from './shelf.ts';
import type { Skew } from './skew.ts';
import { uuidv7 } from './uuid.ts';

const giveUpAfter = 24 * 3_600_000;

export type QueueOptions = {
  readonly skew: Skew;
  /** How long the first event of a batch waits for others, ms. */
  readonly interval: number;
  readonly consent: boolean;
};

/**
 * Carries events to the server in batches, one at a time, through outages. Bounded in memory and in storage. Nothing
 * is sent or stored while consent is withheld.
 */
export class EventQueue {
  readonly #rim: Rim;
  readonly #options: QueueOptions;
  readonly #drafts: Drafts;
  readonly #shelf: Shelf;
  #outbox: Batch[] = [];
  #consent = false;
  #closed = false;
  #sending: Promise<void> | undefined;
  #cancelTimer: (() => void) | undefined;
  #failures = 0;
  /** The server asked for no attempt before this time. */
  #notBefore = 0;
  #given = 0;

  constructor(rim: Rim, options: QueueOptions) {
    this.#rim = rim;
    this.#options = options;
    this.#drafts = new Drafts(rim.limits.queued);
    this.#shelf = new Shelf(rim.store, uuidv7(rim.clock.now(), rim.random));
    if (options.consent) this.consent(true);
  }

  /** Events that were given up. */
  get dropped(): number {
    return this.#given + this.#drafts.dropped;
  }

  add(draft: Draft): void {
    if (this.#closed) return;
    this.#drafts.add(draft);
    if (this.#drafts.size === this.#rim.limits.batchEvents && this.#failures === 0) this.#wake(0);
    else if (this.#cancelTimer === undefined) this.#wake(this.#options.interval);
  }

  /** Sends all that waits now; resolves when it is sent or an attempt failed, never rejects. */
  async flush(): Promise<void> {
    await this.#sending;
    await this.#send();
  }

  /** The page may never come back: send one batch, which outlives it, and store all that is not acknowledged. */
  leave(): void {
    if (!this.#consent) return;
    if (this.#failures === 0) void this.#send();
    while (this.#drafts.size > 0) this.#fill();
    this.#trim();
    this.#shelf.put(this.#outbox);
  }

  /** Consent given sends what was held back; withheld, it forgets everything. */
  consent(given: boolean): void {
    if (given === this.#consent) return;
    this.#consent = given;
    if (given) {
      this.#outbox.push(...this.#shelf.adopt());
      if (this.#outbox.length + this.#drafts.size > 0) this.#wake(this.#options.interval);
      return;
    }
    while (this.#drafts.take() !== undefined);
    this.#outbox = [];
    this.#shelf.put([]);
  }

  async close(): Promise<void> {
    await this.flush();
    this.leave();
    this.#closed = true;
    this.#cancelTimer?.();
  }

  #wake(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#rim.clock.after(ms, () => {
      this.#cancelTimer = undefined;
      void this.#send();
    });
  }

  #send(): Promise<void> {
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = undefined;
      if (this.#cancelTimer === undefined && this.#drafts.size > 0)
        this.#wake(this.#options.interval);
    });
    return this.#sending;
  }

  /** Sends the outbox and what waits at this moment; later events wait for company. */
  async #drain(): Promise<void> {
    let waiting = this.#drafts.size;
    while (this.#consent && this.#rim.clock.now() >= this.#notBefore) {
      if (this.#outbox.length === 0) {
        if (waiting <= 0) return;
        waiting -= this.#fill();
        continue;
      }
      if (!(await this.#deliver(this.#outbox[0]!))) return;
    }
  }

  /** Makes one batch of what waits; answers how many events it took. */
  #fill(): number {
    const { batchEvents, batchChars } = this.#rim.limits;
    const { offset } = this.#options.skew;
    const events: string[] = [];
    let taken = 0;
    let chars = 0;
    for (let draft; events.length < batchEvents && chars < batchChars; taken++) {
      draft = this.#drafts.take();
      if (draft === undefined) break;
      const text = this.#write(draft, offset);
      chars += text.length;
      if (text !== '') events.push(text);
    }
    if (events.length > 0) this.#outbox.push({ events, since: this.#rim.clock.now(), offset });
    return taken;
  }

  /** Keeps the outbox within bounds too: the oldest goes. */
  #trim(): void {
    let events = this.#outbox.reduce((sum, batch) => sum + batch.events.length, 0);
    while (events > this.#rim.limits.queued) {
      const { length } = this.#outbox.shift()!.events;
      events -= length;
      this.#giveUp(length, 'found no room', undefined);
    }
  }

  #write(draft: Draft, offset: number): string {
    const at = draft.at + offset;
    try {
      return writeEvent(draft, uuidv7(at, this.#rim.random), at);
    } catch (cause) {
      this.#giveUp(1, 'cannot be written as JSON', cause);
      return '';
    }
  }

  /** Whether the next batch may follow. */
  async #deliver(batch: Batch): Promise<boolean> {
    const { transport, clock, random } = this.#rim;
    const sentAt = clock.now() + batch.offset;
    const body = `{"events":[${batch.events.join(',')}],"sentAt":${sentAt}}`;
    const reply = await transport.send({ path: '/sdk/v1/events', body }).catch(() => undefined);
    const now = clock.now();
    const status = reply?.status ?? 0;
    this.#options.skew.observe(reply?.header('date') ?? null, now);
    // Consent may have been withdrawn meanwhile.
    const place = this.#outbox.indexOf(batch);
    if (place < 0) return true;

    if (status >= 200 && status < 300) this.#acknowledge(batch, reply);
    else if (status === 413 && batch.events.length > 1)
      this.#outbox.splice(place, 1, ...halves(batch));
    else if (now - batch.since > giveUpAfter || hopeless(status)) {
      this.#outbox.splice(place, 1);
      this.#giveUp(batch.events.length, `were answered with ${status}`, reply?.body);
    } else {
      const asked = refused(status)
        ? refusedWait
        : retryAfter(reply?.header('retry-after') ?? null, now);
      if (refused(status) && this.#failures === 0)
        this.#rim.log(`Assay: the key was refused (${status}); events wait.`, reply?.body);
      this.#notBefore = now + asked;
      this.#wake(asked + jitter(this.#failures++, random));
      this.#shelf.put(this.#outbox);
      return false;
    }
    return true;
  }

  #acknowledge(batch: Batch, reply: Reply | undefined): void {
    this.#outbox.splice(this.#outbox.indexOf(batch), 1);
    this.#failures = 0;
    this.#shelf.put(this.#outbox);
    if (reply?.body.includes('"index"') === true)
      this.#rim.log('Assay: the server rejected some events.', reply.body);
  }

  #giveUp(events: number, why: string, cause: unknown): void {
    this.#given += events;
    this.#rim.log(`Assay: ${events} events ${why} and were dropped.`, cause);
  }
}

/** Refused for what it is: sending it again would not help. */
function hopeless(status: number): boolean {
  return status >= 400 && status < 500 && !refused(status) && ![408, 425, 429].includes(status);
}

function halves({ events, since, offset }: Batch): Batch[] {
  const middle = events.length >> 1;
  return [
    { events: events.slice(0, middle), since, offset },
    { events: events.slice(middle), since, offset },
  ];
}
