import type { Exposure } from './decision.ts';
import type { Context } from './ruleset.ts';
import { uuidv7 } from './uuid.ts';

/** Something a unit did, as the app tells it. */
export type Track = {
  readonly type: 'track';
  readonly unitType: string;
  readonly name: string;
  readonly value: number | undefined;
  readonly properties: Context | undefined;
};

/** An event as it waits. */
export type Draft = {
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly at: number;
  readonly unit?: string;
  readonly about?: Exposure | Track;
  /** The unit's attributes, which an exposure carries for breakdowns. */
  readonly context?: Context | undefined;
  /** Its JSON, made when it is first to be sent, because most of the work can wait. */
  text?: string;
};

/** The event's JSON, with a time corrected by the clock's offset; a retry gets the very same, so that it never counts twice. */
export function writeEvent(draft: Draft, offset: number, random: () => number): string {
  if (!draft.text) {
    const { unit, about, context } = draft;
    const at = draft.at + offset;
    const id = uuidv7(at, random);
    const attributes = context && scalars(context);
    draft.text = JSON.stringify({ id, at, unit, ...about, attributes, meeting: undefined });
  }
  return draft.text;
}

function scalars(context: Context): Context {
  const told = /^[snb].*[ngr]$/;
  return Object.fromEntries(Object.entries(context).filter(([, v]) => told.test(typeof v)));
}
