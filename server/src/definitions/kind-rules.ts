import type { Body, Definition, Kind } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import type { Random } from '../http/handler.ts';
import type { Document } from './document.ts';
import type { Definitions } from './lookup.ts';

/** What is particular to one kind of definition. Pure: values in, values out. */
export interface KindRules<K extends Kind> {
  /** What is wrong with a body among the other definitions; `before` is the version that it replaces. */
  check(body: Body<K>, now: Definitions, before?: Definition<K>): Finding[];
  /** What may not change now, though it would be right in itself. */
  locked?(body: Body<K>, now: Definitions, before: Definition<K>): Finding[];
  /** The document to store: the body with what the server adds (salts, the life of an experiment). */
  complete?(body: Body<K>, random: Random, before?: Definition<K>): Document;
  /** Who would miss it: `flag "checkout"`, in words. */
  users?(key: string, now: Definitions): string[];
  /** The document of an archived one. */
  archive?(before: Definition<K>): Document;
}

export const nameOf: Readonly<Record<Kind, string>> = {
  environments: 'environment',
  flags: 'flag',
  experiments: 'experiment',
  metrics: 'metric',
  segments: 'segment',
  layers: 'layer',
  holdouts: 'holdout',
};
