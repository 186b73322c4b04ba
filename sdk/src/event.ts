import type { Exposure } from './decision.ts';
import type { Context } from './ruleset.ts';
import { uuidv7 } from './uuid.ts';

export type Scalars = { readonly [name: string]: string | number | boolean };
const longestText = 2_000;

/** Something a unit did, as the app tells it. */
export type Track = {
  readonly type: 'track';
  readonly unitType: string;
  readonly name: string;
  readonly value: number | undefined;
  readonly properties: Scalars | undefined;
};

/** An event as it waits. */
export type Draft = {
  /** Milliseconds since the epoch, by this machine's clock. */
  readonly at: number;
  readonly unit?: string;
  readonly about?: Exposure | Track;
  /** Carried by an exposure for breakdowns. Units are not among them: they are ids, and may have to be erased. */
  readonly attributes?: Context;
  /** Its JSON, made when it is first to be sent, because most of the work can wait. */
  text?: string;
};

/** The event's JSON, with a time corrected by the clock's offset; a retry gets the very same, so that it never counts twice. */
export function writeEvent(draft: Draft, offset: number, random: () => number): string {
  if (!draft.text) {
    const { unit, about } = draft;
    const at = draft.at + offset;
    const id = uuidv7(at, random);
    const attributes = draft.attributes && scalars(draft.attributes);
    draft.text = JSON.stringify({ id, at, unit, ...about, attributes, meeting: undefined });
  }
  return draft.text;
}

/** The members that an event may carry: plain ones, and no text longer than the server takes. */
export function scalars(members: Context): Scalars {
  const plain = Object.entries(members).filter(
    ([, value]) =>
      (typeof value === 'string' && value.length <= longestText) ||
      typeof value === 'number' ||
      typeof value === 'boolean',
  );
  return Object.fromEntries(plain) as Scalars;
}
