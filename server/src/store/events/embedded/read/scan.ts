import { watched, type Deadline } from './deadline.ts';
import type { LogFiles } from './files.ts';
import type { Use } from './accumulate.ts';
import type { Scanned, Selectors } from './selectors.ts';

export interface ScanRange {
  readonly environment: string;
  readonly unitType: string;
  /** Corrected time in [from, to), ms. */
  readonly from: number;
  readonly to: number;
}
type Row = readonly [
  kind: number,
  time: number,
  unit: string,
  value: number | null,
  extra: string | null,
];

/** Reads the log once and gives every event of a known unit to those who asked for it. */
export function scan(
  files: LogFiles,
  range: ScanRange,
  asked: {
    readonly index: ReadonlyMap<string, number>;
    readonly selectors: Selectors;
    readonly uses: readonly Use[];
  },
  check: Deadline,
): void {
  const { selectors, uses, index } = asked;
  const usesOf = selectors.list.map((_, i) => uses.filter((u) => u.selector === i));
  const extra = selectors.needsExtra() ? 'extra' : 'null';
  for (const { db, kinds } of files.between(range.from, range.to)) {
    const readers = new Map(
      kinds
        .filter(
          (k) =>
            k.type === 'track' &&
            k.environment === range.environment &&
            k.unitType === range.unitType &&
            k.last >= range.from &&
            k.first < range.to,
        )
        .map((k) => [k.id, readersOf(k.name)] as const)
        .filter(([, list]) => list.length > 0),
    );
    if (readers.size === 0) continue;
    const ids = [...readers.keys()];
    const rows = db
      .prepare<number[], Row>(
        `select kind, at + shift, unit, value, ${extra} from event
         where kind in (${ids.map(() => '?').join(', ')}) and at + shift >= ? and at + shift < ?`,
      )
      .raw()
      .iterate(...ids, range.from, range.to);
    for (const row of watched(rows, check)) {
      const unit = index.get(row[2]);
      if (unit !== undefined) give(readers.get(row[0]) ?? [], unit, row);
    }
  }

  function readersOf(event: string): readonly Reader[] {
    return selectors.list.flatMap((s, i) =>
      s.event === event ? [{ read: s.read, uses: usesOf[i] ?? [] }] : [],
    );
  }
}

interface Reader {
  readonly read: (event: Scanned) => number | undefined;
  readonly uses: readonly Use[];
}

function give(readers: readonly Reader[], unit: number, row: Row): void {
  const event = { time: row[1], value: row[3], extra: row[4] };
  for (const reader of readers) {
    const value = reader.read(event);
    if (value !== undefined) for (const use of reader.uses) use.add(unit, event.time, value);
  }
}
