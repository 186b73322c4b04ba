import { choiceParam, textParam } from '../../lib/search.ts';

export const liveTypes = ['exposure', 'track', 'rejected'] as const;
export type LiveSearch = { q?: string | undefined; type?: (typeof liveTypes)[number] | undefined };
export function liveSearch(search: Record<string, unknown>): LiveSearch {
  return { ...textParam(search, 'q'), ...choiceParam(search, 'type', liveTypes) };
}
