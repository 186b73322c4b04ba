import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler';

/** Why an event is not taken. */
export type RejectionCode = 'invalid' | 'too_large' | 'in_future' | 'too_late';
export interface Rejection {
  readonly code: RejectionCode;
  readonly detail: string;
}
export type Scalars = Readonly<Record<string, string | number | boolean>>;

const maxKeys = 100;
const maxText = 2_000;
/** Of attributes or properties, as JSON. */
const maxBag = 8_192;

const id = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
});
const at = Type.Number({ minimum: -8.64e15, maximum: 8.64e15 });
/** No control characters: names and units appear in lists and files. */
const text = (most: number): TSchema & { static: string } =>
  Type.String({ minLength: 1, maxLength: most, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });
const bag = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);

const exposure = Type.Object({
  id,
  type: Type.Literal('exposure'),
  at,
  unit: text(256),
  unitType: Type.Optional(text(100)),
  flag: text(100),
  experiment: text(100),
  variant: text(100),
  phase: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  attributes: Type.Optional(bag),
});
const track = Type.Object({
  id,
  type: Type.Literal('track'),
  at,
  unit: text(256),
  unitType: Type.Optional(text(100)),
  name: text(100),
  value: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  properties: Type.Optional(bag),
});
/** An event as an app sends it. */
export type SentExposure = Static<typeof exposure>;
export type SentTrack = Static<typeof track>;
export type SentEvent = SentExposure | SentTrack;

const exposureCheck = TypeCompiler.Compile(exposure);
const trackCheck = TypeCompiler.Compile(track);

export type Checked = { readonly event: SentEvent } | { readonly rejection: Rejection };

/**
 * Checks the shape and the bounds of one event, not its time.
 * @example checkEvent({ type: 'track' }) // { rejection: { code: 'invalid', detail: 'id is missing …' } }
 */
export function checkEvent(sent: unknown): Checked {
  // By its type first: a check that fails has looked at the id for nothing.
  const type = typeof sent === 'object' && sent !== null && 'type' in sent ? sent.type : undefined;
  if (type === 'exposure' && exposureCheck.Check(sent))
    return limit(sent, 'attributes', sent.attributes);
  if (type === 'track' && trackCheck.Check(sent)) return limit(sent, 'properties', sent.properties);
  return { rejection: { code: 'invalid', detail: explain(sent) } };
}

function limit(event: SentEvent, name: string, found: SentTrack['properties']): Checked {
  const rejection = found === undefined ? undefined : limitBag(name, found);
  return rejection === undefined ? { event } : { rejection };
}

function limitBag(name: string, found: Readonly<Record<string, unknown>>): Rejection | undefined {
  const keys = Object.keys(found);
  if (keys.length > maxKeys)
    return { code: 'too_large', detail: `${name} has ${keys.length} members, at most ${maxKeys}` };
  let size = 0;
  for (const key of keys) {
    const value = found[key];
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      return {
        code: 'invalid',
        detail: `${name} has a member "${key}", a name that is not allowed`,
      };
    if (key.length === 0 || key.length > 200)
      return {
        code: 'invalid',
        detail: `${name} has a name of ${key.length} characters, must be 1 to 200`,
      };
    if (typeof value === 'string' && value.length > maxText)
      return {
        code: 'too_large',
        detail: `${name}.${key} has ${value.length} characters, at most ${maxText}`,
      };
    size += key.length + (typeof value === 'string' ? value.length : 8);
  }
  return size > maxBag
    ? { code: 'too_large', detail: `${name} takes ${size} characters, at most ${maxBag}` }
    : undefined;
}

/** Null says nothing: such members are dropped; undefined where nothing is left. */
export function scalars(
  found: Readonly<Record<string, string | number | boolean | null>> | undefined,
): Scalars | undefined {
  if (found === undefined) return undefined;
  let clean = true;
  let any = false;
  for (const key in found) {
    any = true;
    if (found[key] === null) clean = false;
  }
  if (!any) return undefined;
  if (clean) return found as Scalars;
  const kept = Object.entries(found).filter(([, value]) => value !== null);
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Scalars);
}

function explain(sent: unknown): string {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    return `an event is an object, this is ${brief(sent)}`;
  const type: unknown = 'type' in sent ? sent.type : undefined;
  if (type !== 'exposure' && type !== 'track')
    return `type is ${brief(type)}, must be "exposure" or "track"`;
  return firstFault(type === 'exposure' ? exposureCheck : trackCheck, sent);
}

function firstFault(check: TypeCheck<TSchema>, sent: object): string {
  const fault = check.Errors(sent).First();
  if (fault === undefined) return 'not an event';
  const path = fault.path.slice(1).replaceAll('/', '.');
  if (fault.value === undefined) return `${path} is missing`;
  return `${path} is ${brief(fault.value)}: ${wants[path] ?? wants[path.split('.')[0] ?? ''] ?? fault.message}`;
}

const wants: Readonly<Record<string, string>> = {
  id: 'must be a UUID',
  at: 'must be milliseconds since the epoch',
  unit: 'must be 1 to 256 characters, no control characters',
  unitType: 'must be 1 to 100 characters, no control characters',
  name: 'must be 1 to 100 characters, no control characters',
  flag: 'must be 1 to 100 characters, no control characters',
  experiment: 'must be 1 to 100 characters, no control characters',
  variant: 'must be 1 to 100 characters, no control characters',
  phase: 'must be an integer from 1',
  value: 'must be a number',
  attributes: 'must hold text, numbers, true or false, not nested',
  properties: 'must hold text, numbers, true or false, not nested',
};

function brief(value: unknown): string {
  const json = value === undefined ? 'missing' : JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}
