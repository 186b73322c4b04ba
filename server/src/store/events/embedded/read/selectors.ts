import { compileCondition } from '@assay/sdk/evaluate';
import type { EventSelector } from '../../port.ts';

type Properties = Readonly<Record<string, string | number | boolean>>;

/** One scanned event, as far as the query needs it. */
export interface Scanned {
  readonly time: number;
  readonly value: number | null;
  /** Properties as JSON; null = none. */
  readonly extra: string | null;
}

/** Whether an event counts and the number it brings: undefined = it does not. */
export type Read = (event: Scanned) => number | undefined;

export interface Selectors {
  /** The index of this reading; the same selector asked for twice is read once an event. */
  readonly add: (selector: EventSelector, numeric: boolean) => number;
  readonly list: readonly { readonly event: string; readonly read: Read }[];
  readonly needsExtra: () => boolean;
}

/** Collects the distinct selectors of a query. */
export function collectSelectors(): Selectors {
  const list: { event: string; read: Read }[] = [];
  const known = new Map<string, number>();
  let extra = false;
  return {
    list,
    needsExtra: () => extra,
    add({ event, where, value }, numeric) {
      const path = numeric ? value : undefined;
      const key = JSON.stringify([event, where, path]);
      let index = known.get(key);
      if (index === undefined) {
        extra ||= where !== undefined || (path !== undefined && path !== 'value');
        index = list.push({ event, read: compileRead(where, path) }) - 1;
        known.set(key, index);
      }
      return index;
    },
  };
}

function compileRead(where: EventSelector['where'], path: string | undefined): Read {
  const number = compileNumber(path);
  if (where === undefined) return number;
  // A metric's filter speaks of the event's own properties; segments speak of units and match nobody here.
  const matches = compileCondition(where, () => () => false);
  return (event) => (matches(properties(event)) ? number(event) : undefined);
}

function compileNumber(path: string | undefined): Read {
  if (path === undefined) return () => 1;
  if (path === 'value') return (event) => event.value ?? undefined;
  return (event) => {
    const found = properties(event)[path];
    return typeof found === 'number' ? found : undefined;
  };
}

let parsed: { readonly text: string; readonly properties: Properties } | undefined;
const none: Properties = {};

/** Several selectors read the same event one after the other: its JSON is parsed once. */
function properties({ extra }: Scanned): Properties {
  if (extra === null) return none;
  if (parsed?.text !== extra) parsed = { text: extra, properties: JSON.parse(extra) as Properties };
  return parsed.properties;
}
