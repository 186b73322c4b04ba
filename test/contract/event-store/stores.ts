import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import type { EventStore, StoredExposure, StoredTrack } from '@assay/server/store/events/port';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPlainEvents } from '../../support/plain-events.ts';

export interface Opened {
  readonly store: EventStore;
  readonly end: () => Promise<void>;
}

/** Every implementation, and the reference that a reader can check by eye. */
export const adapters: readonly { readonly name: string; readonly open: () => Promise<Opened> }[] =
  [
    {
      name: 'plain reference',
      open: () => Promise.resolve({ store: openPlainEvents(), end: () => Promise.resolve() }),
    },
    {
      name: 'embedded store',
      async open() {
        const folder = await mkdtemp(join(tmpdir(), 'assay-events-'));
        const store = await openEmbeddedEvents({ folder, readers: 1 });
        return {
          store,
          async end() {
            await store.close();
            await rm(folder, { recursive: true, force: true });
          },
        };
      },
    },
  ];

/** The n-th UUID, version 7 in form. */
export function uuid(n: number): string {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Noon UTC of a quiet day. */
export const noon = Date.UTC(2026, 0, 15, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

let serial = 0;
export function exposure(
  unit: string,
  variant: string,
  rest: Partial<StoredExposure> = {},
): StoredExposure {
  const at = rest.at ?? noon;
  return {
    type: 'exposure',
    id: uuid(++serial),
    at,
    time: at,
    received: at,
    environment: 'production',
    unitType: 'userId',
    unit,
    source: 'sdk',
    flag: 'checkout',
    experiment: 'one-page',
    variant,
    phase: 1,
    ...rest,
  };
}
export function track(unit: string, name: string, rest: Partial<StoredTrack> = {}): StoredTrack {
  const at = rest.at ?? noon + minute;
  return {
    type: 'track',
    id: uuid(++serial),
    at,
    time: at,
    received: at,
    environment: 'production',
    unitType: 'userId',
    unit,
    source: 'sdk',
    name,
    ...rest,
  };
}
