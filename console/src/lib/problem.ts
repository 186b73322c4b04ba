import type { Problem } from '@assay/server/contract';

type Code = Problem['code'] | 'offline';

/** A call that the server refused, or that never reached it (`offline`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: Code;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  readonly requestId: string | undefined;

  constructor(
    problem: Partial<Omit<Problem, 'code'>> & { code: Code; detail: string },
    options?: { cause?: unknown },
  ) {
    super(problem.detail, options);
    this.code = problem.code;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}

/** What to show of whatever was thrown: a fault of the console itself counts as `internal`. */
export function problemOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new ApiError({ code: 'internal', detail }, { cause: error });
}
