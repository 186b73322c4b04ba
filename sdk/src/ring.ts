/** First in, first out, at most `capacity` items; the array is filled once and neither shifted nor grown after. */
export class Ring<Item> {
  readonly #items: (Item | undefined)[] = [];
  readonly #capacity: number;
  #head = 0;
  size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }
  /** The caller has made room. */
  push(item: Item): void {
    this.#items[(this.#head + this.size++) % this.#capacity] = item;
  }
  shift(): Item | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) % this.#capacity;
    this.size--;
    return item;
  }
}
