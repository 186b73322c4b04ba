import { kinds, storedNames, type Definition, type Kind } from '../contract/definitions.ts';
import type { StoredDefinition } from '../store/definitions/port.ts';

/** What the store keeps of a definition: its members without those that the record itself says. */
export type Document = Readonly<Record<string, unknown>>;

/** A stored record as the API shows it. Members that are younger than the record get their defaults. */
export function definitionOf<K extends Kind>(kind: K, stored: StoredDefinition): Definition<K> {
  const parsed = kinds[kind].read.safeParse({
    ...stored.body,
    key: stored.key,
    revision: stored.revision,
    createdAt: new Date(stored.createdAt).toISOString(),
    updatedAt: new Date(stored.updatedAt).toISOString(),
    updatedBy: stored.updatedBy,
    archived: stored.archived,
  });
  if (parsed.success) return parsed.data as Definition<K>;
  throw new Error(`${kind} "${stored.key}", revision ${stored.revision}, does not fit its schema`, {
    cause: parsed.error,
  });
}

/** The document to store again. */
export function documentOf(definition: Definition<Kind>): Document {
  return without(definition, storedNames);
}

/** The part that people write: what a PUT would send. */
export function bodyOf(kind: Kind, document: Document): Document {
  return without(document, kinds[kind].readOnly);
}

function without(value: object, names: readonly string[]): Document {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
