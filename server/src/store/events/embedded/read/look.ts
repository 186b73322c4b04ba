import type { SeenEvent, StoredEvent } from '../../port.ts';
import type { KindRow } from '../log/kinds.ts';
import { readUuid } from '../log/uuid.ts';
import type { Deadline } from './deadline.ts';
import type { LogFiles, OpenLog } from './files.ts';
import { compareText } from './text-order.ts';

const maxNames = 1_000;

interface EventRow {
  readonly seq: number;
  readonly kind: number;
  readonly at: number;
  readonly shift: number;
  readonly lag: number;
  readonly value: number | null;
  readonly unit: string;
  readonly id: Buffer;
  readonly extra: string | null;
}

/** Names of track events with what the dictionaries know of them; the 1,000 commonest, by name. */
export function answerSeen(files: LogFiles, environment: string): SeenEvent[] {
  const found = new Map<string, SeenEvent>();
  for (const { kinds } of files.between(-Infinity, Infinity))
    for (const kind of kinds) {
      if (kind.environment !== environment || kind.type !== 'track' || kind.events === 0) continue;
      const old = found.get(kind.name);
      found.set(kind.name, old === undefined ? seenOf(kind) : join(old, kind));
    }
  return [...found.values()]
    .toSorted((a, b) => b.events - a.events)
    .slice(0, maxNames)
    .toSorted((a, b) => compareText(a.name, b.name));
}

function seenOf(kind: KindRow): SeenEvent {
  const { name, events, first, last, hasValue, properties } = kind;
  return { name, events, firstSeen: first, lastSeen: last, hasValue, properties };
}

function join(a: SeenEvent, kind: KindRow): SeenEvent {
  return {
    name: a.name,
    events: a.events + kind.events,
    firstSeen: Math.min(a.firstSeen, kind.first),
    lastSeen: Math.max(a.lastSeen, kind.last),
    hasValue: a.hasValue || kind.hasValue,
    properties: [...new Set([...a.properties, ...kind.properties])].toSorted(),
  };
}

const columns = 'seq, kind, at, shift, lag, value, unit, id, extra';

/** The newest arrivals first. */
export function answerRecent(files: LogFiles, environment: string, limit: number): StoredEvent[] {
  const found: { readonly event: StoredEvent; readonly seq: number }[] = [];
  for (const log of files.between(-Infinity, Infinity)) {
    const kinds = new Map(
      log.kinds.filter((k) => k.environment === environment && k.events > 0).map((k) => [k.id, k]),
    );
    if (kinds.size === 0) continue;
    const ids = [...kinds.keys()];
    const rows = log.db
      .prepare<number[], EventRow>(
        `select ${columns} from event where +kind in (${ids.map(() => '?').join(', ')})
         order by seq desc limit ?`,
      )
      .all(...ids, limit);
    for (const row of rows) {
      const kind = kinds.get(row.kind);
      if (kind !== undefined) found.push({ event: restore(row, kind), seq: row.seq });
    }
  }
  return found
    .toSorted((a, b) => b.event.received - a.event.received || b.seq - a.seq)
    .slice(0, limit)
    .map((f) => f.event);
}

interface UnitKey {
  readonly environment?: string;
  readonly unitType: string;
  readonly unit: string;
}

/** Everything of one unit, oldest first. */
export function answerUnit(files: LogFiles, key: UnitKey, check: Deadline): StoredEvent[] {
  const found: StoredEvent[] = [];
  for (const log of files.between(-Infinity, Infinity)) {
    check();
    const kinds = kindsOf(log, key);
    if (kinds.size === 0) continue;
    const rows = log.db
      .prepare<[string], EventRow>(`select ${columns} from event where unit = ?`)
      .all(key.unit);
    for (const row of rows) {
      const kind = kinds.get(row.kind);
      if (kind !== undefined) found.push(restore(row, kind));
    }
  }
  return found.toSorted((a, b) => a.time - b.time || a.at - b.at || compareText(a.id, b.id));
}

/** Where the rows of one unit lie, by file. */
export function answerRows(
  files: LogFiles,
  key: UnitKey,
  check: Deadline,
): { readonly file: string; readonly seqs: readonly number[] }[] {
  const found = [];
  for (const log of files.between(-Infinity, Infinity)) {
    check();
    const kinds = kindsOf(log, key);
    if (kinds.size === 0) continue;
    const seqs = log.db
      .prepare<[string], Pick<EventRow, 'seq' | 'kind'>>(
        'select seq, kind from event where unit = ?',
      )
      .all(key.unit)
      .filter((row) => kinds.has(row.kind))
      .map((row) => row.seq);
    if (seqs.length > 0) found.push({ file: log.file, seqs });
  }
  return found;
}

function kindsOf(log: OpenLog, { environment, unitType }: UnitKey): Map<number, KindRow> {
  return new Map(
    log.kinds
      .filter((k) => k.unitType === unitType && (environment ?? k.environment) === k.environment)
      .map((k) => [k.id, k]),
  );
}

function restore(row: EventRow, kind: KindRow): StoredEvent {
  const { environment, source, unitType } = kind;
  const { at, unit, value, extra } = row;
  const base = {
    id: readUuid(row.id),
    at,
    time: at + row.shift,
    received: at + row.lag,
    environment,
    unitType,
    unit,
    source,
  };
  const read =
    extra === null ? undefined : (JSON.parse(extra) as Record<string, string | number | boolean>);
  if (kind.type === 'exposure') {
    const { flag, experiment, variant, phase } = kind;
    const exposure = { ...base, type: 'exposure' as const, flag, experiment, variant, phase };
    return read === undefined ? exposure : { ...exposure, attributes: read };
  }
  return {
    ...base,
    type: 'track',
    name: kind.name,
    ...(value !== null && { value }),
    ...(read !== undefined && { properties: read }),
  };
}
