import type { Deadline } from './deadline.ts';
import type { LogFiles } from './files.ts';
import { kindIn, pages } from './pages.ts';
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
  seq: number,
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
    const paged = {
      db,
      columns: `kind, at + shift, unit, value, ${extra}`,
      where: `${kindIn(ids)} and at + shift >= ? and at + shift < ?`,
      bound: [...ids, range.from, range.to],
    };
    for (const rows of pages<Row>(paged, check))
      for (const row of rows) {
        const unit = index.get(row[3]);
        if (unit !== undefined) give(readers.get(row[1]) ?? [], unit, row);
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
  const event = { time: row[2], value: row[4], extra: row[5] };
  for (const reader of readers) {
    const value = reader.read(event);
    if (value !== undefined) for (const use of reader.uses) use.add(unit, event.time, value);
  }
}
