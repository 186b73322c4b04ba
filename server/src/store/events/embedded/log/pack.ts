import { AppError } from '../../../../errors.ts';
import type { EventSource, StoredEvent } from '../../port.ts';
import { writeUuid } from './uuid.ts';

/** What many events share; a row names it by a number. */
export interface Kind {
  readonly environment: string;
  readonly source: EventSource;
  readonly unitType: string;
  readonly type: 'exposure' | 'track';
  /** Event name; '' of exposures. */
  readonly name: string;
  /** '' and 0 of track events. */
  readonly flag: string;
  readonly experiment: string;
  readonly variant: string;
  readonly phase: number;
}

/** Events by column, quick to hand to another thread: typed arrays move, strings are cheap to copy. */
export interface Packed {
  readonly count: number;
  readonly kinds: readonly Kind[];
  /** Index into `kinds`. */
  readonly kind: Uint32Array;
  readonly at: Float64Array;
  /** time − at, ms. */
  readonly shift: Float64Array;
  /** received − at, ms. */
  readonly lag: Float64Array;
  /** NaN = none. */
  readonly value: Float64Array;
  readonly unit: readonly string[];
  /** 16 bytes each. */
  readonly id: Uint8Array;
  /** Attributes or properties as JSON; null = none. */
  readonly extra: readonly (string | null)[];
}

export interface Packer {
  /** Adds a batch whole, or throws AppError `invalid` and adds nothing. */
  readonly add: (batch: readonly StoredEvent[]) => void;
  readonly count: () => number;
  /** What was added; the packer is used up. */
  readonly take: () => Packed;
}

/** Gathers batches into columns. */
export function createPacker(): Packer {
  let capacity = 1_024;
  let count = 0;
  let kind = new Uint32Array(capacity);
  let at = new Float64Array(capacity);
  let shift = new Float64Array(capacity);
  let lag = new Float64Array(capacity);
  let value = new Float64Array(capacity);
  let id = new Uint8Array(capacity * 16);
  const unit: string[] = [];
  const extra: (string | null)[] = [];
  const kinds = createKindIndex();

  function grow(rows: number): void {
    if (rows <= capacity) return;
    while (capacity < rows) capacity *= 2;
    const wider = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const made = new Float64Array(capacity);
      made.set(old);
      return made;
    };
    const [oldKind, oldId] = [kind, id];
    kind = new Uint32Array(capacity);
    kind.set(oldKind);
    id = new Uint8Array(capacity * 16);
    id.set(oldId);
    [at, shift, lag, value] = [wider(at), wider(shift), wider(lag), wider(value)];
  }
  function write(e: StoredEvent, row: number): void {
    if (!Number.isSafeInteger(e.at) || !Number.isSafeInteger(e.time)) throw badTime(e);
    if (!writeUuid(e.id, id, row * 16)) throw badId(e);
    kind[row] = kinds.of(e);
    at[row] = e.at;
    shift[row] = e.time - e.at;
    lag[row] = e.received - e.at;
    const bag = e.type === 'track' ? e.properties : e.attributes;
    const number = e.type === 'track' ? e.value : undefined;
    if (number !== undefined && !Number.isFinite(number)) throw badValue(number);
    value[row] = number ?? Number.NaN;
    unit[row] = e.unit;
    extra[row] = bag === undefined ? null : JSON.stringify(bag);
  }

  return {
    add(batch) {
      grow(count + batch.length);
      // Rows past `count` do not exist yet: a throw on the way leaves nothing behind.
      let row = count;
      for (const event of batch) write(event, row++);
      count = row;
    },
    count: () => count,
    take() {
      unit.length = count;
      extra.length = count;
      return { count, kinds: kinds.list, kind, at, shift, lag, value, unit, id, extra };
    },
  };
}

/** The buffers that may move instead of being copied. */
export function buffersOf(p: Packed): ArrayBuffer[] {
  return [p.kind, p.at, p.shift, p.lag, p.value, p.id].map((a) => a.buffer as ArrayBuffer);
}

function badTime(e: StoredEvent): AppError {
  return new AppError(
    'invalid',
    `at is ${e.at}, time is ${e.time}: both must be whole milliseconds`,
  );
}
function badId({ id }: StoredEvent): AppError {
  return new AppError('invalid', `id is ${JSON.stringify(id)}, must be a UUID in lower case`);
}
function badValue(value: number): AppError {
  return new AppError('invalid', `value is ${value}, must be a finite number`);
}

interface KindIndex {
  readonly list: Kind[];
  readonly of: (e: StoredEvent) => number;
}

function createKindIndex(): KindIndex {
  const list: Kind[] = [];
  const known = new Map<string, Map<string, number>>();
  let last: StoredEvent | undefined;
  let names = new Map<string, number>();
  /** Most events of a group differ in their names alone. */
  function sameCompany(e: StoredEvent): boolean {
    return (
      last !== undefined &&
      e.type === last.type &&
      e.environment === last.environment &&
      e.unitType === last.unitType &&
      e.source === last.source
    );
  }
  return {
    list,
    of(e) {
      if (!sameCompany(e)) {
        const company = JSON.stringify([e.type, e.environment, e.source, e.unitType]);
        names = known.get(company) ?? new Map<string, number>();
        known.set(company, names);
        last = e;
      }
      const name =
        e.type === 'track' ? e.name : JSON.stringify([e.flag, e.experiment, e.variant, e.phase]);
      let index = names.get(name);
      if (index === undefined) {
        index = list.push(kindOf(e)) - 1;
        names.set(name, index);
      }
      return index;
    },
  };
}

function kindOf(e: StoredEvent): Kind {
  const { environment, source, unitType, type } = e;
  const shared = { environment, source, unitType, type };
  return e.type === 'track'
    ? { ...shared, name: e.name, flag: '', experiment: '', variant: '', phase: 0 }
    : {
        ...shared,
        name: '',
        flag: e.flag,
        experiment: e.experiment,
        variant: e.variant,
        phase: e.phase,
      };
}
