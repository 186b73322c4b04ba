import type { ServerResponse } from 'node:http';
import { AppError, type ErrorCode, type Finding } from '../errors.ts';

const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  locked: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
};
const titleOf: Readonly<Record<ErrorCode, string>> = {
  invalid: 'The request is not valid',
  unauthenticated: 'Sign-in needed',
  forbidden: 'Not allowed',
  not_found: 'Not found',
  conflict: 'Changed in the meantime',
  locked: 'Locked',
  too_large: 'Too large',
  rate_limited: 'Too many requests',
  unavailable: 'Not available now',
  internal: 'Something went wrong',
};

export interface ProblemReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly type: string;
    readonly title: string;
    readonly status: number;
    readonly code: ErrorCode;
    readonly detail: string;
    readonly errors?: readonly Finding[];
    readonly requestId: string;
  };
}

/** RFC 9457 problem details of any thrown value. What is not an AppError is a bug: it tells no more than its request id. */
export function problemOf(error: unknown, requestId: string): ProblemReply {
  const known = error instanceof AppError ? error : fromLibrary(error);
  const { code, message, errors, extra } = known;
  const status = known.status ?? statusOf[code];
  const headers: Record<string, string> = { 'Content-Type': 'application/problem+json' };
  if (status === 401) headers['WWW-Authenticate'] = 'Bearer';
  if (status === 429 || status === 503)
    headers['Retry-After'] = String(Math.max(1, Math.ceil(known.retryAfterSeconds ?? 1)));
  const body = {
    ...extra,
    type: `urn:assay:problem:${code}`,
    title: titleOf[code],
    status,
    code,
    detail: message,
    ...(errors !== undefined && { errors }),
    requestId,
  };
  return { status, headers, body };
}

/** Express throws a URIError with status 400 for a path such as /%zz. */
function fromLibrary(error: unknown): AppError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return status === 400
    ? new AppError('invalid', 'The address is malformed.')
    : new AppError(
        'internal',
        'An error in the server; its log has the details under the request id.',
      );
}

/** Sends a problem, unless the answer has already begun: then the connection is cut, so that nobody takes half an answer for a whole. */
export function sendProblem(res: ServerResponse, error: unknown, requestId: string): ProblemReply {
  const reply = problemOf(error, requestId);
  if (res.headersSent) res.destroy();
  else {
    res.writeHead(reply.status, { ...reply.headers, 'Cache-Control': 'no-store' });
    res.end(JSON.stringify(reply.body));
  }
  return reply;
}
