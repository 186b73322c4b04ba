import { AppError } from '../errors.ts';

/**
 * The revision in If-Match, undefined where the header is absent.
 * @example revisionOf('"7"') // 7
 */
export function revisionOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const digits = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim())?.[1];
  if (digits !== undefined) return Number(digits);
  const message = `is ${JSON.stringify(header)}, must be one revision in quotes, such as "7"`;
  throw new AppError('invalid', `If-Match ${message}.`, {
    errors: [{ path: 'If-Match', message }],
  });
}
