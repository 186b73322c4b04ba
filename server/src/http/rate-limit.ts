import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { AppError } from '../errors.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** At most `limit` refusals (401, 403) a minute to one address; then 429. What succeeds does not count, so an office behind one address can work. */
export function limitFailures(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, { statusCode }) => statusCode !== 401 && statusCode !== 403,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    handler: (_req, res) => {
      const seconds = Number(res.getHeader('Retry-After') ?? 60);
      const message = `More than ${limit} failed tries a minute from this address.`;
      sendProblem(
        res,
        new AppError('rate_limited', message, { retryAfterSeconds: seconds }),
        requestIdOf(res),
      );
    },
  });
}
