import type { Exposure } from './decision.ts';
import type { Context } from './ruleset.ts';

/** Something a unit did, as the app tells it. */
export type Track = {
  readonly name: string;
  readonly unitType: string;
  readonly value: number | undefined;
  readonly properties: Context | undefined;
};

/** An event as it waits: made into text only when it is sent, because most of the work can wait. */
export type Draft = {
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly at: number;
  readonly unit: string;
  readonly about: Exposure | Track;
  /** The unit's attributes, which an exposure carries for breakdowns. */
  readonly context: Context;
};

export function isExposure(about: Exposure | Track): about is Exposure {
  return 'experiment' in about;
}

/** The event's JSON text; `at` is corrected by the clock's offset. */
export function writeEvent({ unit, about, context }: Draft, id: string, at: number): string {
  if (!isExposure(about)) return JSON.stringify({ id, type: 'track', at, unit, ...about });
  const { flag, experiment, variant, phase, unitType } = about;
  const attributes = Object.fromEntries(
    Object.entries(context).filter(([, value]) => typeof value !== 'object'),
  );
  const exposure = { flag, experiment, variant, phase, unitType, attributes };
  return JSON.stringify({ id, type: 'exposure', at, unit, ...exposure });
}
