/** The closed list of failures a caller can act on; each maps to one HTTP status. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'locked'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'internal';

/** One finding: where (dotted path into the body), and what, with the value and its bound. */
export interface Finding {
  readonly path: string;
  readonly message: string;
}

export interface AppErrorOptions extends ErrorOptions {
  readonly errors?: readonly Finding[];
  /** HTTP status where a code has two (409 / 412 for `conflict`, 428 for a missing If-Match). */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  /** Extra members of the problem document, for example the current `revision`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A failure the caller can act on. Anything else is a bug and answers 500 with a request id. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly errors: readonly Finding[] | undefined;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;
  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.errors = options.errors;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.extra = options.extra;
  }
}
