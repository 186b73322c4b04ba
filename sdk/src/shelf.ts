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

/** Keeps unsent batches for the next page. Each page writes under its own name and takes over what others left. */
export class Shelf {
  readonly #store: Store | undefined;
  readonly #name: string;
  #filled = false;

  constructor(store: Store | undefined, id: string) {
    this.#store = store;
    this.#name = prefix + id;
  }
  /** Batches that other pages left; they are ours from now on. */
  adopt(): Batch[] {
    const found: Batch[] = [];
    for (const name of this.#store?.names() ?? []) {
      if (!name.startsWith(prefix) || name === this.#name) continue;
      found.push(...readBatches(this.#store?.get(name)));
      this.#store?.remove(name);
    }
    return found;
  }
  put(batches: readonly Batch[]): void {
    let chars = 0;
    const kept = batches.filter(
      ({ events }) => (chars += events.reduce((sum, e) => sum + e.length, 0)) <= mostChars,
    );
    if (kept.length > 0) this.#store?.set(this.#name, JSON.stringify(kept));
    else if (this.#filled) this.#store?.remove(this.#name);
    this.#filled = kept.length > 0;
  }
}

function readBatches(text: string | null | undefined): Batch[] {
  try {
    return (JSON.parse(text ?? '[]') as Batch[]).filter(
      ({ events, since, offset }) =>
        events.every((e) => typeof e === 'string') && Number.isFinite(since + offset),
    );
  } catch {
    return [];
  }
}
