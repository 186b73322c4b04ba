import { AppError } from '../errors.ts';
import type {
  EventSource,
  StoredEvent,
  StoredExposure,
  StoredTrack,
} from '../store/events/port.ts';
import { checkEvent, scalars, type RejectionCode, type SentEvent } from './event.ts';

export const maxEvents = 1_000;
const aheadMs = 24 * 3_600_000;
/** Below this a difference of clocks is the network's, and the Date header tells no more than a second. */
const clockToleranceMs = 2_000;

/** Where and when a batch arrived. */
export interface Arrival {
  readonly environment: string;
  readonly source: EventSource;
  /** Arrival, ms. */
  readonly received: number;
  /** Older events are refused, ms. */
  readonly maxLateMs: number;
}
export interface RejectedEvent {
  readonly index: number;
  readonly code: RejectionCode;
  readonly detail: string;
}
export interface Batch {
  readonly events: readonly StoredEvent[];
  /** Copies of an event of this same batch. */
  readonly duplicates: number;
  readonly rejected: readonly RejectedEvent[];
}

/**
 * Sorts a batch into events to store and events to refuse, each with its reason; one bad event never spoils the others.
 * Throws AppError `invalid` or `too_large` where the whole is no batch.
 * @param body `{ events, sentAt? }` as parsed
 */
export function readBatch(body: unknown, arrival: Arrival): Batch {
  const { sent, sentAt } = open(body);
  const offset = sentAt === undefined ? 0 : arrival.received - sentAt;
  const correction = Math.abs(offset) <= clockToleranceMs ? 0 : Math.round(offset);
  const events: StoredEvent[] = [];
  const rejected: RejectedEvent[] = [];
  const known = new Set<string>();
  for (const [index, one] of sent.entries()) {
    const checked = checkEvent(one);
    if ('rejection' in checked) {
      rejected.push({ index, ...checked.rejection });
      continue;
    }
    const at = Math.round(checked.event.at);
    const wrong = judgeTime(at + correction, arrival);
    if (wrong !== undefined) {
      rejected.push({ index, ...wrong });
      continue;
    }
    const time = Math.min(at + correction, arrival.received);
    const { environment, source, received } = arrival;
    const event = toStored(checked.event, { environment, source, received, at, time });
    known.add(`${at} ${event.id}`);
    if (known.size > events.length) events.push(event);
  }
  return { events, duplicates: sent.length - events.length - rejected.length, rejected };
}

function open(body: unknown): { sent: readonly unknown[]; sentAt: number | undefined } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError('invalid', 'the body must be { "events": [ … ], "sentAt": ms }');
  const { events, sentAt } = body as { readonly events?: unknown; readonly sentAt?: unknown };
  if (!Array.isArray(events)) throw new AppError('invalid', 'events is missing, must be a list');
  if (events.length > maxEvents)
    throw new AppError(
      'too_large',
      `events has ${events.length} members, at most ${maxEvents}; send it in parts`,
    );
  if (
    sentAt !== undefined &&
    sentAt !== null &&
    (typeof sentAt !== 'number' || !Number.isFinite(sentAt))
  )
    throw new AppError(
      'invalid',
      `sentAt is ${JSON.stringify(sentAt)}, must be milliseconds since the epoch`,
    );
  return { sent: events as unknown[], sentAt: sentAt ?? undefined };
}

function judgeTime(
  time: number,
  { received, maxLateMs }: Arrival,
): { readonly code: RejectionCode; readonly detail: string } | undefined {
  if (time > received + aheadMs)
    return { code: 'in_future', detail: `at is ${hours(time - received)} h ahead, at most 24 h` };
  if (time < received - maxLateMs)
    return {
      code: 'too_late',
      detail: `at is ${hours(received - time)} h old, at most ${hours(maxLateMs)} h`,
    };
  return undefined;
}

const hours = (ms: number): number => Math.round(ms / 3_600_000);

/** What the server knows of an event beside what was sent. */
export interface Stamp {
  readonly environment: string;
  readonly source: EventSource;
  readonly received: number;
  readonly at: number;
  readonly time: number;
}

export function toStored(
  event: SentEvent,
  { environment, source, received, at, time }: Stamp,
): StoredEvent {
  const id = event.id.toLowerCase();
  const { unit, unitType = 'userId' } = event;
  // Written out: spreading an object costs more than all the checks.
  if (event.type === 'exposure') {
    const { flag, experiment, variant, phase = 1 } = event;
    const exposure: Writable<StoredExposure> = {
      id,
      type: 'exposure',
      at,
      time,
      received,
      environment,
      unitType,
      unit,
      source,
      flag,
      experiment,
      variant,
      phase,
    };
    const attributes = scalars(event.attributes);
    if (attributes !== undefined) exposure.attributes = attributes;
    return exposure;
  }
  const { name } = event;
  const track: Writable<StoredTrack> = {
    id,
    type: 'track',
    at,
    time,
    received,
    environment,
    unitType,
    unit,
    source,
    name,
  };
  if (typeof event.value === 'number') track.value = event.value;
  const properties = scalars(event.properties);
  if (properties !== undefined) track.properties = properties;
  return track;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
