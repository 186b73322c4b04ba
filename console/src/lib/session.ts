import type { Me, Role } from '@assay/server/contract';
import { read, useApi, type ReadOptionsOf } from './query.ts';

/** Who is signed in. Asked once; everything behind the sign-in waits for it. */
export const meQuery: ReadOptionsOf<'GET /api/me'> = read('GET /api/me', {});

export function useMe(): Me | undefined {
  return useApi('GET /api/me', {}, { staleTime: 5 * 60_000 }).data;
}

const order: readonly Role[] = ['viewer', 'analyst', 'editor', 'admin'];
export function mayAct(have: Role, needed: Role): boolean {
  return order.indexOf(have) >= order.indexOf(needed);
}

/** May the signed-in person do what needs this role? False until known. */
export function useMay(needed: Role): boolean {
  const me = useMe();
  return me !== undefined && mayAct(me.role, needed);
}
