import type { MomentQuery } from '../../port.ts';
import type { Deadline } from './deadline.ts';
import type { LogFiles, OpenLog } from './files.ts';
import { pages } from './pages.ts';

/** Every unit that met the experiment before `asOf`, by its first exposure. Parallel arrays. */
export interface Exposed {
  readonly index: ReadonlyMap<string, number>;
  readonly t0: readonly number[];
  /** Of the first exposure; index into `variants`. */
  readonly variant: readonly number[];
  readonly variants: readonly string[];
  /** Index into `slices`. */
  readonly slice: readonly number[];
  /** Values of the breakdown's attributes at the first exposure; '' where missing. */
  readonly slices: readonly (readonly string[])[];
  readonly crossed: readonly boolean[];
  /** Was shown a variant that the query does not name. */
  readonly strange: readonly boolean[];
}

type Row = readonly [seq: number, at: number, shift: number, unit: string, extra: string | null];

/** The earliest exposure of a unit wins whenever it arrived: by time, then sent time, then id. */
export function collectExposed(files: LogFiles, query: MomentQuery, check: Deadline): Exposed {
  const index = new Map<string, number>();
  const t0: number[] = [];
  const at: number[] = [];
  // Where the first exposure lies, to look up its id when another has the same times.
  const logs: OpenLog[] = [];
  const inLog: number[] = [];
  const seqs: number[] = [];
  const variant: number[] = [];
  const slice: number[] = [];
  const crossed: boolean[] = [];
  const strange: boolean[] = [];
  const variants = [...query.variants];
  const slices = internSlices(query.breakdown ?? []);

  function variantOf(name: string): number {
    const known = variants.indexOf(name);
    return known >= 0 ? known : variants.push(name) - 1;
  }
  function note(row: Row, shown: number): void {
    const [seq, sent, shift, unit, extra] = row;
    const time = sent + shift;
    let i = index.get(unit);
    if (i === undefined) {
      i = t0.length;
      index.set(unit, i);
      crossed.push(false);
      strange.push(shown >= query.variants.length);
    } else {
      if (variant[i] !== shown) crossed[i] = true;
      if (shown >= query.variants.length) strange[i] = true;
      const later = time - (t0[i] ?? 0) || sent - (at[i] ?? 0);
      if (later > 0 || (later === 0 && !idIsLess(seq, i))) return;
    }
    t0[i] = time;
    at[i] = sent;
    inLog[i] = logs.length - 1;
    seqs[i] = seq;
    variant[i] = shown;
    slice[i] = slices.idOf(extra);
  }
  function idIsLess(seq: number, i: number): boolean {
    const old = logs[inLog[i] ?? 0];
    const log = logs.at(-1);
    return log !== undefined && old !== undefined && idOf(log, seq) < idOf(old, seqs[i] ?? 0);
  }

  for (const log of files.between(-Infinity, query.asOf)) {
    const shown = log.kinds.filter(
      (k) =>
        k.type === 'exposure' &&
        k.environment === query.environment &&
        k.unitType === query.unitType &&
        k.experiment === query.experiment &&
        k.phase === query.phase,
    );
    logs.push(log);
    for (const kind of shown) {
      const paged = {
        db: log.db,
        columns: `at, shift, unit, ${query.breakdown === undefined ? 'null' : 'extra'}`,
        where: 'kind = ? and kind < 0 and at + shift < ?',
        bound: [kind.id, query.asOf],
      };
      const v = variantOf(kind.variant);
      for (const rows of pages<Row>(paged, check)) for (const row of rows) note(row, v);
    }
  }
  return { index, t0, variant, variants, slice, slices: slices.list, crossed, strange };
}

function idOf(log: OpenLog, seq: number): string {
  const id = log.db
    .prepare<[number], Buffer>('select id from event where seq = ?')
    .pluck()
    .get(seq);
  return id?.toString('hex') ?? '';
}

function internSlices(names: readonly string[]): {
  readonly list: readonly (readonly string[])[];
  readonly idOf: (extra: string | null) => number;
} {
  const list: string[][] = [];
  const known = new Map<string, number>();
  return {
    list,
    idOf(extra) {
      if (names.length === 0) return 0;
      const attributes =
        extra === null
          ? new Map<string, unknown>()
          : new Map(Object.entries(JSON.parse(extra) as object));
      const values = names.map((name) => String(attributes.get(name) ?? ''));
      const key = JSON.stringify(values);
      let id = known.get(key);
      if (id === undefined) {
        id = list.push(values) - 1;
        known.set(key, id);
      }
      return id;
    },
  };
}
