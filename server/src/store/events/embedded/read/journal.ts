/** A growing list of (unit, time, number) that is cheap to fill and small to hold. */
export interface Journal {
  readonly add: (unit: number, time: number, value: number) => void;
  readonly size: () => number;
  /** Entries in the order of their times; ties as they came. */
  readonly byTime: () => JournalColumns;
}
export interface JournalColumns {
  readonly unit: Int32Array;
  readonly time: Float64Array;
  readonly value: Float64Array;
}

export function createJournal(): Journal {
  let capacity = 1_024;
  let unit = new Int32Array(capacity);
  let time = new Float64Array(capacity);
  let value = new Float64Array(capacity);
  let size = 0;
  function grow(): void {
    capacity *= 2;
    const [u, t, v] = [unit, time, value];
    unit = new Int32Array(capacity);
    time = new Float64Array(capacity);
    value = new Float64Array(capacity);
    unit.set(u);
    time.set(t);
    value.set(v);
  }
  return {
    add(u, t, v) {
      if (size === capacity) grow();
      unit[size] = u;
      time[size] = t;
      value[size++] = v;
    },
    size: () => size,
    byTime() {
      const order = Uint32Array.from({ length: size }, (_, i) => i);
      order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
      const sorted = {
        unit: new Int32Array(size),
        time: new Float64Array(size),
        value: new Float64Array(size),
      };
      for (let i = 0; i < size; i++) {
        const from = order[i] ?? 0;
        sorted.unit[i] = unit[from] ?? 0;
        sorted.time[i] = time[from] ?? 0;
        sorted.value[i] = value[from] ?? 0;
      }
      return sorted;
    },
  };
}
