import { writeEvent, type Draft } from './event.ts';
import { mostJitter, type Line } from './line.ts';
import type { Rim } from './rim.ts';
import { single } from './single.ts';
import { tried } from './tried.ts';
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
const storePrefix = 'assay.events.';
const mostStored = 512_000;

/** @param interval how long the first event of a batch waits for others, ms */
export function createQueue(
  { clock, random, log, store, limits }: Rim,
  line: Line,
  interval: number,
): EventQueue {
  const storeName = storePrefix + uuidv7(clock.now(), random);
  const drafts: Draft[] = [];
  let most = limits.batchEvents;
  let allowed = false;
  let closed = false;
  let failures = 0;
  let dropped = 0;
  /** The server asked for no attempt before this time. */
  let notBefore = 0;
  let cancelTimer: (() => void) | undefined;

  function add(draft: Draft): void {
    if (closed) return;
    drafts.push(draft);
    if (drafts.length > limits.queued) makeRoom();
    if (drafts.length === limits.batchEvents && !failures) wake(0);
    else if (!cancelTimer) wake(interval);
  }

  const mayAsk = (): boolean => allowed && clock.now() >= notBefore;

  /** Drops a tenth, exposures before conversions and the oldest first. */
  function makeRoom(): void {
    const isExposure = (draft: Draft): boolean => draft.about?.type === 'exposure';
    const anyone = !drafts.some(isExposure);
    let excess = limits.queued / 10;
    giveUp((draft) => (anyone || isExposure(draft)) && excess-- > 0, 'no room');
  }

  /** Takes events off the list, in place; answers how many. */
  function remove(which: (draft: Draft) => boolean): number {
    const before = drafts.length;
    let kept = 0;
    for (const draft of drafts) if (!which(draft)) drafts[kept++] = draft;
    drafts.length = kept;
    return before - kept;
  }
  function giveUp(which: (draft: Draft) => boolean, why: string | number, cause?: unknown): void {
    const gone = remove(which);
    dropped += gone;
    if (gone > 0) log(`Assay: ${gone} events dropped: ${why}`, cause);
  }

  function wake(ms: number): void {
    cancelTimer?.();
    cancelTimer = clock.after(ms, () => {
      cancelTimer = undefined;
      void send();
    });
  }

  /** Sends what waits at this moment; later events wait for company. */
  const send = single(async () => {
    for (let left = drafts.length; left > 0 && mayAsk();) {
      const batch = drafts.slice(0, most);
      const { offset } = line;
      const events = batch.map((draft) => writeEvent(draft, offset, random)).join();
      const body = `{"events":[${events}],"sentAt":${clock.now() + offset}}`;
      const reply = await line.send({ path: '/sdk/v1/events', body });
      const { status } = reply;
      const asked = new Set(batch);
      const wasAsked = (draft: Draft): boolean => asked.has(draft);
      if (status === 413 && batch.length > 1) most = batch.length >> 1;
      else if (status >= 200 && status < 300) {
        failures = 0;
        most = limits.batchEvents;
        left -= batch.length;
        remove(wasAsked);
        if (reply.body.includes('"index"')) log('Assay: events rejected', reply.body);
      } else if (hopeless(status)) {
        left -= batch.length;
        giveUp(wasAsked, status, reply.body);
      } else {
        const now = clock.now();
        const wait = line.wait(reply, failures++);
        if (wait > mostJitter || reply.header('retry-after')) notBefore = now + wait;
        giveUp((draft) => now - draft.at > giveUpAfter, status);
        wake(wait);
        left = 0;
      }
      shelve();
    }
    if (!cancelTimer && drafts.length > 0) wake(interval);
  });

  /** Keeps for the next page what may not arrive any more. */
  function shelve(): void {
    let room = mostStored;
    const texts = drafts.filter(({ text }) => allowed && text && (room -= text.length) > 0);
    if (texts.length > 0) store?.set(storeName, JSON.stringify(texts, ['at', 'text']));
    else store?.remove(storeName);
  }

  /** Takes over what other pages left. */
  function adopt(): void {
    for (const name of store?.names() ?? [])
      if (name.startsWith(storePrefix)) {
        const found = tried(() => JSON.parse(store!.get(name)!) as (Draft | null)[]);
        if (Array.isArray(found))
          drafts.push(...found.filter((draft): draft is Draft => Boolean(draft?.text)));
        store!.remove(name);
      }
  }

  function leave(): void {
    if (!allowed) return;
    if (!failures) void send();
    for (const draft of drafts) writeEvent(draft, line.offset, random);
    shelve();
  }
  async function flush(): Promise<void> {
    await send();
    // What was added while others were being sent.
    if (!failures) await send();
  }

  return {
    add,
    flush,
    leave,
    consent(given) {
      if (given === allowed) return;
      allowed = given;
      if (given) {
        adopt();
        wake(interval);
      } else {
        drafts.length = 0;
        shelve();
      }
    },
    async close() {
      await flush();
      leave();
      closed = true;
      cancelTimer?.();
    },
    dropped: () => dropped,
  };
}

/** Refused for what it is, not for the key or the moment: sending it again would not help. */
function hopeless(status: number): boolean {
  return /^4(?!0[1348]|2[59])/.test(String(status));
}
