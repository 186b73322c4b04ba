export type ReadoutSearch = Record<never, never>;
export function readoutSearch(_search: Record<string, unknown>): ReadoutSearch {
  return {};
}
