import type { Store } from './rim.ts';

/** Events as text, with their ids: a retry sends the very same ones, so that it never counts twice. */
export type Batch = {
  readonly events: readonly string[];
  /** When it was made, by our clock; ms since the epoch. */
  readonly since: number;
  /** What was added to our clock in the events' times. */
  readonly offset: number;
};

const prefix = 'assay.events.';
const mostChars = 512_000;

/** Batches that other pages left; they are ours from now on. */
export function adoptBatches(store: Store): Batch[] {
  return store
    .names()
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const batches = read(store.get(name));
      store.remove(name);
      return batches;
    });
}

/** Keeps unsent batches for the next page, under a name of our own, in place of those kept before. */
export function keepBatches(store: Store, id: string, batches: readonly Batch[]): void {
  let chars = 0;
  const kept = batches.filter(({ events }) => (chars += events.join('').length) <= mostChars);
  if (kept.length > 0) store.set(prefix + id, JSON.stringify(kept));
  else store.remove(prefix + id);
}

function read(text: string | null): Batch[] {
  try {
    return (JSON.parse(text ?? '') as Batch[]).filter(({ events }) => events.length > 0);
  } catch {
    return [];
  }
}
