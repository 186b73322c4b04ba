import type { EventStore, Rejected } from '../store/events/port.ts';
import type { RejectedBody } from './live.ts';

const everyMs = 1_000;
const mostWaiting = 1_000;
const mostBody = 2_000;

export interface Quarantine {
  readonly add: (environment: string, rejected: readonly RejectedBody[], at: number) => void;
  /** Writes what is waiting. */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Keeps rejected events for people to look at. Written once a second and bounded: a flood of bad events costs little. */
export function createQuarantine(store: Pick<EventStore, 'noteRejected'>): Quarantine {
  let waiting: Rejected[] = [];
  const timer = setInterval(() => void flush(), everyMs);
  timer.unref();

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const list = waiting;
    waiting = [];
    // A full disk must not stop the intake from answering; the answer already told the sender why.
    await store.noteRejected(list).catch(() => undefined);
  }
  return {
    add(environment, rejected, at) {
      for (const { code, detail, sent } of rejected) {
        if (waiting.length >= mostWaiting) return;
        const body = JSON.stringify(sent).slice(0, mostBody);
        waiting.push({ at, environment, code, detail, body });
      }
    },
    flush,
    close() {
      clearInterval(timer);
      return flush();
    },
  };
}
