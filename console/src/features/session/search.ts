import { textParam } from '../../lib/search.ts';

/** Where to go after signing in: an address of this console only. */
export function backSearch(search: Record<string, unknown>): { back?: string } {
  const { back } = textParam(search, 'back');
  return back !== undefined && /^\/(?![/\\])/.test(back) ? { back } : {};
}

export function setupTokenSearch(search: Record<string, unknown>): { token?: string } {
  return textParam(search, 'token');
}
