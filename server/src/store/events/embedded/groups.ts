import { AppError } from '../../../errors.ts';
import type { AppendResult, StoredEvent } from '../port.ts';
import { check } from './log/pack.ts';

const waitMs = 5;
const fullRows = 1_000;
const maxRows = 5_000;

interface Waiting {
  readonly batch: readonly StoredEvent[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface Groups {
  readonly append: (batch: readonly StoredEvent[]) => Promise<AppendResult>;
  /** Resolves when everything given so far has been answered; refuses what comes after. */
  readonly close: () => Promise<void>;
}

/**
 * Group commit: batches that arrive within 5 ms, or until 1,000 events are there, share one transaction; while one is
 * written the next gathers.
 * @param commit makes events durable; returns 1 for each that was new
 */
export function createGroups(
  commit: (events: readonly StoredEvent[]) => Promise<Uint8Array>,
): Groups {
  let waiting: Waiting[] = [];
  let rows = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let closed = false;

  function next(): void {
    if (writing !== undefined || waiting.length === 0) return;
    if (rows < fullRows && !closed) {
      timer ??= setTimeout(write, waitMs);
      return;
    }
    write();
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    const group = takeGroup();
    writing = settle(group).finally(() => {
      writing = undefined;
      next();
    });
  }

  async function settle(group: readonly Waiting[]): Promise<void> {
    try {
      answer(group, await commit(group.flatMap((w) => w.batch)));
    } catch (error) {
      for (const w of group) w.reject(error);
    }
  }

  async function drained(): Promise<void> {
    if (writing === undefined) return;
    await writing;
    await drained();
  }

  function takeGroup(): Waiting[] {
    let count = 0;
    let size = 0;
    while (count < waiting.length) {
      const more = waiting[count]?.batch.length ?? 0;
      if (count > 0 && size + more > maxRows) break;
      size += more;
      count++;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    rows -= size;
    return group;
  }

  return {
    append(batch) {
      if (closed)
        return Promise.reject(
          new AppError('unavailable', 'the event store is closed', { retryAfterSeconds: 5 }),
        );
      if (batch.length === 0) return Promise.resolve({ accepted: 0, duplicates: 0 });
      return new Promise((resolve, reject) => {
        for (const event of batch) check(event);
        waiting.push({ batch, resolve, reject });
        rows += batch.length;
        next();
      });
    },
    async close() {
      closed = true;
      next();
      await drained();
    },
  };
}

function answer(group: readonly Waiting[], accepted: Uint8Array): void {
  let at = 0;
  for (const { batch, resolve } of group) {
    let fresh = 0;
    for (let i = 0; i < batch.length; i++) fresh += accepted[at++] ?? 0;
    resolve({ accepted: fresh, duplicates: batch.length - fresh });
  }
}
