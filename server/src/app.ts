import express, { type ErrorRequestHandler, type Express } from 'express';
import { AppError } from './errors.ts';
import { bindAll, type BindDeps } from './http/bind.ts';
import { serveConsole } from './http/console.ts';
import { apiDocs } from './http/docs.ts';
import type { Handlers } from './http/handler.ts';
import { securityHeaders } from './http/headers.ts';
import { sendProblem } from './http/problem.ts';
import { limitFailures } from './http/rate-limit.ts';
import { giveRequestId, requestIdOf } from './http/request-id.ts';

export interface AppDeps extends BindDeps {
  readonly handlers: Handlers;
  readonly version: string;
  readonly proxyHops: number;
  /** Folder of the built console. */
  readonly console: string;
}

/** Everything behind Express: the API of the route map, its documentation, and the console. Does not listen. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', deps.proxyHops);
  app.use((_req, res, next) => {
    giveRequestId(res);
    next();
  });
  app.use(securityHeaders(deps.origin));
  app.use('/api', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const door of ['/api/session', '/api/setup']) app.post(door, limitFailures(10));
  bindAll(app, deps.handlers, deps);
  app.use('/api/docs', apiDocs(deps.version));
  app.use(['/api', '/sdk', '/ofrep', '/flagd'], (req) => {
    throw new AppError('not_found', `There is no ${req.method} ${req.baseUrl}${req.path}.`);
  });
  serveConsole(app, deps.console);
  app.use((req) => {
    throw new AppError('not_found', `There is no ${req.method} ${req.path}.`);
  });
  app.use(problems(deps));
  return app;
}

function problems({ log }: BindDeps): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    const requestId = requestIdOf(res);
    if (sendProblem(res, error, requestId).status === 500) log.bug(error, requestId);
  };
}
