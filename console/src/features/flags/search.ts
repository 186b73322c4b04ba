import { textParam } from '../../lib/search.ts';

export function flagsSearch(search: Record<string, unknown>): { q?: string } {
  return textParam(search, 'q');
}
