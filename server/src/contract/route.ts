import type { z } from 'zod';
import type { Role } from './common.ts';

/** Who may call: anybody, or a signed-in person or token of at least this role (viewer < analyst < editor < admin). */
export type Access = 'public' | Role;

export interface RouteDef {
  readonly summary: string;
  readonly access: Access;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Members that a client may send back as it read them; they are dropped before the body is parsed. */
  readonly readOnly?: readonly string[];
  /** 200 unless said. 204 has no body; `stream` is written by the handler itself. */
  readonly status?: 200 | 201 | 202 | 204;
  readonly kind?: 'json' | 'sse' | 'upload' | 'file';
  readonly response: z.ZodType;
}
