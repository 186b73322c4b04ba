import { AppError } from '../../../../errors.ts';
import type { EventSource, StoredEvent } from '../../port.ts';
import { isUuid, writeUuid } from './uuid.ts';

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

/** @param events checked by `check` */
export function pack(events: readonly StoredEvent[]): Packed {
  const count = events.length;
  const kinds: Kind[] = [];
  const known = new Map<string, number>();
  const packed = {
    count,
    kinds,
    kind: new Uint32Array(count),
    at: new Float64Array(count),
    shift: new Float64Array(count),
    lag: new Float64Array(count),
    value: new Float64Array(count),
    unit: Array.from<string>({ length: count }),
    id: new Uint8Array(count * 16),
    extra: Array.from<string | null>({ length: count }),
  };
  for (let i = 0; i < count; i++) {
    const e = events[i];
    if (e === undefined) continue;
    const key = keyOf(e);
    let kind = known.get(key);
    if (kind === undefined) {
      kind = kinds.push(kindOf(e)) - 1;
      known.set(key, kind);
    }
    packed.kind[i] = kind;
    packed.at[i] = e.at;
    packed.shift[i] = e.time - e.at;
    packed.lag[i] = e.received - e.at;
    packed.value[i] = e.type === 'track' ? (e.value ?? Number.NaN) : Number.NaN;
    packed.unit[i] = e.unit;
    writeUuid(e.id, packed.id, i * 16);
    const extra = e.type === 'track' ? e.properties : e.attributes;
    packed.extra[i] = extra === undefined ? null : JSON.stringify(extra);
  }
  return packed;
}

/** The buffers that may move instead of being copied. */
export function buffersOf(p: Packed): ArrayBuffer[] {
  return [p.kind, p.at, p.shift, p.lag, p.value, p.id].map((a) => a.buffer as ArrayBuffer);
}

/** Refuses what the log cannot hold exactly; throws AppError `invalid`. */
export function check(e: StoredEvent): void {
  if (!isUuid(e.id))
    throw new AppError('invalid', `id is ${JSON.stringify(e.id)}, must be a UUID in lower case`);
  if (!Number.isSafeInteger(e.at) || !Number.isSafeInteger(e.time))
    throw new AppError(
      'invalid',
      `at is ${e.at}, time is ${e.time}: both must be whole milliseconds`,
    );
  if (e.type === 'track' && e.value !== undefined && !Number.isFinite(e.value))
    throw new AppError('invalid', `value is ${e.value}, must be a finite number`);
}

function keyOf(e: StoredEvent): string {
  const shared = `${e.environment}\n${e.source}\n${e.unitType}\n`;
  return e.type === 'track'
    ? `t\n${shared}${e.name}`
    : `e\n${shared}${e.flag}\n${e.experiment}\n${e.variant}\n${e.phase}`;
}

export function kindOf(e: StoredEvent): Kind {
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
