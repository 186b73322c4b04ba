import { AppError } from '../../../errors.ts';
import type { ReaderMethods } from './reader.ts';
import { startThread, type Argument, type Result, type Thread } from './thread.ts';

const graceMs = 5_000;
type Question = keyof ReaderMethods;

export interface Readers {
  readonly ask: <K extends Question>(
    question: K,
    argument: Argument<ReaderMethods[K]>,
  ) => Promise<Result<ReaderMethods[K]>>;
  readonly stop: () => Promise<void>;
}

/** A few reading threads, started when first needed; one that is stuck past its time is replaced. */
export function createReaders(
  folder: string,
  { count, readMs }: { readonly count: number; readonly readMs: number },
): Readers {
  const threads = new Set<Thread<ReaderMethods>>();
  let stopped = false;

  function idlest(): Thread<ReaderMethods> {
    let best: Thread<ReaderMethods> | undefined;
    for (const thread of threads) {
      if (thread.ended()) threads.delete(thread);
      else if (best === undefined || thread.pending() < best.pending()) best = thread;
    }
    if (best !== undefined && (best.pending() === 0 || threads.size >= count)) return best;
    const made = startThread<ReaderMethods>(import.meta.url, 'reader', { folder, readMs });
    threads.add(made);
    return made;
  }

  return {
    async ask(question, argument) {
      if (stopped) throw new AppError('unavailable', 'the event store is closed');
      const thread = idlest();
      const limit = setTimeout(
        () => {
          threads.delete(thread);
          void thread.stop();
        },
        (readMs + graceMs) * (thread.pending() + 1),
      );
      try {
        return await thread.call(question, argument);
      } finally {
        clearTimeout(limit);
      }
    },
    async stop() {
      stopped = true;
      for (const thread of threads) {
        if (!thread.ended()) await thread.call('close', undefined).catch(() => undefined);
        await thread.stop();
      }
    },
  };
}
