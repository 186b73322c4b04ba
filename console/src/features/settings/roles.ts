import type { Role } from '@assay/server/contract';

/** From the least to the most that one may do. */
export const roles: readonly Role[] = ['viewer', 'analyst', 'editor', 'admin'];
