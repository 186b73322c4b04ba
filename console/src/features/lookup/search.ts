import { textParam } from '../../lib/search.ts';

export type LookupSearch = {
  unit?: string | undefined;
  /** userId when absent. */
  type?: string | undefined;
  flag?: string | undefined;
  /** Changed attributes as JSON: { "country": "US", "plan": null }. */
  what?: string | undefined;
};
export function lookupSearch(search: Record<string, unknown>): LookupSearch {
  const { what } = search;
  return {
    ...textParam(search, 'unit'),
    ...textParam(search, 'type'),
    ...textParam(search, 'flag'),
    // The router reads JSON out of addresses by itself.
    ...(typeof what === 'object' && what !== null
      ? { what: JSON.stringify(what) }
      : textParam(search, 'what')),
  };
}
