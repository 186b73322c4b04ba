import { AppError, type ErrorCode, type Finding } from '../errors.ts';

/** Throws when anything was found; the first finding is told in the message, all of them in `errors`. */
export function refuseFindings(code: ErrorCode, errors: readonly Finding[]): void {
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  throw new AppError(code, sentence(`${first.path}: ${first.message}${more}`), { errors });
}

/** A text with its full stop, unless it ends with a question. */
export function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}
