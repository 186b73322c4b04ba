import type { Json, UnitPage } from '@assay/server/contract';

export type Attributes = Readonly<Record<string, Json>>;
/** Changed values; null takes an attribute away. */
export type Changes = Readonly<Record<string, Json>>;

/** Attributes of the unit's exposures; a later one overrides. */
export function attributesOf(page: Pick<UnitPage, 'assignments'> | undefined): Attributes {
  const known = (page?.assignments ?? []).toSorted((a, b) =>
    a.firstExposure.localeCompare(b.firstExposure),
  );
  return Object.assign({}, ...known.map((a) => a.attributes)) as Attributes;
}

/** The context an app would have: the unit itself, what was sent, and what is tried. */
export function contextOf(
  unit: { readonly type: string; readonly id: string },
  attributes: Attributes,
  changes: Changes,
): Record<string, Json> {
  const all = { ...attributes, ...changes, [unit.type]: unit.id };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** The changes out of an address; anything unreadable is no change. */
export function readChanges(text: string | undefined): Changes {
  if (text === undefined) return {};
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null && !Array.isArray(found)
      ? (found as Changes)
      : {};
  } catch {
    return {};
  }
}
export function writeChanges(changes: Changes): string | undefined {
  return Object.keys(changes).length === 0 ? undefined : JSON.stringify(changes);
}

/** How a value stands in its box. Texts that look like something else are quoted. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return typeof typedValue(value) === 'string' ? value : JSON.stringify(value);
}

/** What a typed text means: true, false, a number, a list or a quoted text as in JSON; else the text itself. */
export function typedValue(text: string): Json {
  const trimmed = text.trim();
  if (!/^(?:true|false|-?\d+(?:\.\d+)?|".*"|\[.*\]|\{.*\})$/su.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed) as Json;
  } catch {
    return text;
  }
}

/** The changes with one more; a value as it was sent is no change. */
export function changed(
  changes: Changes,
  attributes: Attributes,
  { name, text }: { name: string; text: string },
): Changes {
  const value = text === '' ? null : typedValue(text);
  const sent = attributes[name];
  const { [name]: _, ...others } = changes;
  const same = JSON.stringify(value) === JSON.stringify(sent ?? null);
  return same ? others : { ...others, [name]: value };
}
