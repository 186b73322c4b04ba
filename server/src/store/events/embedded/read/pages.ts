import type Database from 'better-sqlite3';
import type { Deadline } from './deadline.ts';

const pageRows = 10_000;

/** Rows of `event` whose first column is `seq`. */
export interface Paged {
  readonly db: Database.Database;
  /** Further columns. */
  readonly columns: string;
  readonly where: string;
  readonly bound: readonly (number | string)[];
}

/**
 * Reads rows in the order of arrival, a page at a time: a page is one short read, so the writer's log can be folded in
 * between, and costs half of what rows one by one do.
 */
export function* pages<Row extends readonly [seq: number, ...unknown[]]>(
  { db, columns, where, bound }: Paged,
  check: Deadline,
): Generator<readonly Row[]> {
  const page = db
    .prepare<(number | string)[], Row>(
      `select seq, ${columns} from event where ${where} and seq > ? order by seq limit ${pageRows}`,
    )
    .raw();
  let last = 0;
  for (;;) {
    check();
    const rows = page.all(...bound, last);
    if (rows.length > 0) yield rows;
    if (rows.length < pageRows) return;
    last = rows.at(-1)?.[0] ?? last;
  }
}

/** `kind in (?, ?)`. */
export function kindIn(ids: readonly number[]): string {
  return `kind in (${ids.map(() => '?').join(', ')})`;
}
