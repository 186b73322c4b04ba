import { AppError } from '../../../errors.ts';
import type { AppendResult, StoredEvent } from '../port.ts';
import { createPacker, type Packed, type Packer } from './log/pack.ts';

const waitMs = 5;
const fullRows = 1_000;
const maxRows = 5_000;

interface Waiting {
  readonly size: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}
interface Group {
  readonly packer: Packer;
  readonly waiting: Waiting[];
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
export function createGroups(commit: (packed: Packed) => Promise<Uint8Array>): Groups {
  const groups: Group[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let closed = false;

  function open(rows: number): Group {
    const last = groups.at(-1);
    const fits = last !== undefined && last.packer.count() + rows <= maxRows;
    if (fits) return last;
    const made = { packer: createPacker(), waiting: [] };
    groups.push(made);
    return made;
  }
  function next(): void {
    const first = groups[0];
    if (writing !== undefined || first === undefined) return;
    if (first.packer.count() < fullRows && !closed) timer ??= setTimeout(write, waitMs);
    else write();
  }
  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    const group = groups.shift();
    if (group === undefined) return;
    writing = settle(group).finally(() => {
      writing = undefined;
      next();
    });
  }
  async function settle({ packer, waiting }: Group): Promise<void> {
    try {
      answer(waiting, await commit(packer.take()));
    } catch (error) {
      for (const w of waiting) w.reject(error);
    }
  }
  async function drained(): Promise<void> {
    if (writing === undefined) return;
    await writing;
    await drained();
  }

  return {
    append: (batch) =>
      new Promise((resolve, reject) => {
        if (closed)
          throw new AppError('unavailable', 'the event store is closed', { retryAfterSeconds: 5 });
        if (batch.length === 0) {
          resolve({ accepted: 0, duplicates: 0 });
          return;
        }
        const { packer, waiting } = open(batch.length);
        packer.add(batch);
        waiting.push({ size: batch.length, resolve, reject });
        next();
      }),
    async close() {
      closed = true;
      next();
      await drained();
    },
  };
}

function answer(waiting: readonly Waiting[], accepted: Uint8Array): void {
  let at = 0;
  for (const { size, resolve } of waiting) {
    let fresh = 0;
    for (const end = at + size; at < end; at++) fresh += accepted[at] ?? 0;
    resolve({ accepted: fresh, duplicates: size - fresh });
  }
}
