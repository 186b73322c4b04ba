import { isExposure, type Draft } from './event.ts';
import { Ring } from './ring.ts';

/** Events that wait to be sent, at most `capacity`: exposures are dropped before conversions, the oldest first. */
export class Drafts {
  readonly #exposures: Ring<Draft>;
  readonly #tracks: Ring<Draft>;
  readonly #capacity: number;
  dropped = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#exposures = new Ring(capacity);
    this.#tracks = new Ring(capacity);
  }
  get size(): number {
    return this.#exposures.size + this.#tracks.size;
  }
  add(draft: Draft): void {
    if (this.size === this.#capacity) {
      this.dropped++;
      this.take();
    }
    (isExposure(draft.about) ? this.#exposures : this.#tracks).push(draft);
  }
  take(): Draft | undefined {
    return this.#exposures.shift() ?? this.#tracks.shift();
  }
}
