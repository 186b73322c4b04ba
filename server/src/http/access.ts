import type { Role } from '../contract/common.ts';
import type { Access } from '../contract/route.ts';
import { AppError } from '../errors.ts';
import type { Actor } from './handler.ts';

const rank: Readonly<Record<Role, number>> = { viewer: 1, analyst: 2, editor: 3, admin: 4 };

/** Does `role` include everything that `needed` may do? viewer < analyst < editor < admin. */
export function includesRole(role: Role | null, needed: Role): boolean {
  return role !== null && rank[role] >= rank[needed];
}

/** Why this caller may not, or undefined: 401 for nobody, 403 for too small a role. */
export function denial(access: Access, actor: Actor): AppError | undefined {
  if (access === 'public') return undefined;
  if (actor.role === null)
    return new AppError(
      'unauthenticated',
      'Sign in, or send an API token as Authorization: Bearer.',
    );
  if (includesRole(actor.role, access)) return undefined;
  return new AppError('forbidden', `This needs the role ${access}; yours is ${actor.role}.`);
}
