import type { Express, Request, Response } from 'express';
import type { RouteDef } from '../contract/route.ts';
import { routes, type RouteKey } from '../contract/routes.ts';
import { AppError } from '../errors.ts';
import { denial } from './access.ts';
import { isForged } from './csrf.ts';
import type { Actor, Call, Handlers } from './handler.ts';
import { parsed, withoutReadOnly } from './input.ts';
import { readJson } from './json-body.ts';
import { revisionOf } from './precondition.ts';
import { sendProblem } from './problem.ts';
import { requestIdOf } from './request-id.ts';

export interface BindDeps {
  readonly identify: (req: Request) => Promise<{ actor: Actor; bySession: boolean }>;
  /** Scheme, host and port that people use. */
  readonly origin: string;
  readonly log: RouteLog;
}
export interface RouteLog {
  /** Every answer. The route's pattern, never the path: paths hold unit ids. */
  done(entry: {
    readonly route: string;
    readonly status: number;
    readonly ms: number;
    readonly requestId: string;
    readonly actor: string;
  }): void;
  /** A bug: an error that no caller can act on. */
  bug(error: unknown, requestId: string): void;
}

type AnyHandler = (input: unknown, call: Call) => Promise<unknown>;
interface Bound {
  readonly key: RouteKey;
  readonly def: RouteDef;
  readonly handler: AnyHandler;
}

/**
 * Binds every route of the contract: access, rate, forgery, parse, call, check, send. Throws at start when a route has
 * no handler or a handler no route, so nothing is reachable that nobody declared.
 *
 * `sse` and `file` handlers may write the answer themselves; a `file` handler may also set headers and return the
 * text. An `upload` handler reads `call.req`, and what it returns is sent as JSON.
 */
export function bindAll(app: Express, handlers: Handlers, deps: BindDeps): void {
  const declared = Object.keys(routes);
  const missing = declared.filter((key) => !Object.hasOwn(handlers, key));
  const strange = Object.keys(handlers).filter((key) => !Object.hasOwn(routes, key));
  if (missing.length > 0) throw new Error(`Routes without a handler: ${missing.join(', ')}`);
  if (strange.length > 0) throw new Error(`Handlers without a route: ${strange.join(', ')}`);
  for (const key of declared as RouteKey[])
    bind(app, { key, def: routes[key], handler: handlers[key] as AnyHandler }, deps);
}

function bind(app: Express, bound: Bound, deps: BindDeps): void {
  const [method = '', path = ''] = bound.key.split(' ');
  app[method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'](path, async (req, res) => {
    const started = performance.now();
    const requestId = requestIdOf(res);
    let who: Actor | undefined;
    res.once('close', () => {
      deps.log.done({
        route: bound.key,
        status: res.statusCode,
        ms: performance.now() - started,
        requestId,
        actor: who?.id ?? '',
      });
    });
    try {
      const { actor, bySession } = await deps.identify(req);
      who = actor;
      admit(bound, req, deps, { actor, bySession });
      await answer(bound, req, res, actor);
    } catch (error) {
      const { status } = sendProblem(res, error, requestId);
      if (status === 500) deps.log.bug(error, requestId);
    }
  });
}

function admit(
  { def }: Bound,
  req: Request,
  deps: BindDeps,
  { actor, bySession }: { actor: Actor; bySession: boolean },
): void {
  const refused = denial(def.access, actor);
  if (refused !== undefined) throw refused;
  if (isForged({ method: req.method, headers: req.headers, bySession, origin: deps.origin }))
    throw new AppError(
      'forbidden',
      `This did not come from a page of ${deps.origin}. If people use another address, set ASSAY_URL to it.`,
    );
}

async function answer(
  { def, handler }: Bound,
  req: Request,
  res: Response,
  actor: Actor,
): Promise<void> {
  const streams = def.kind !== undefined && def.kind !== 'json';
  const body = streams ? undefined : withoutReadOnly(def, await readJson(req));
  const input = {
    params: req.params,
    query: parsed(def.query, req.query),
    body: parsed(def.body, body),
  };
  const call: Call = {
    actor,
    ifMatch: revisionOf(req.get('if-match')),
    requestId: requestIdOf(res),
    req,
    res,
  };
  send(def, res, await handler(input, call));
}

function send(def: RouteDef, res: Response, output: unknown): void {
  if (def.kind === 'sse' || res.headersSent) return;
  const status = def.status ?? 200;
  if (status === 204) {
    res.writeHead(204).end();
    return;
  }
  if (def.kind === 'file') {
    res.statusCode = status;
    res.end(output);
    return;
  }
  const checked = def.response.safeParse(output);
  if (!checked.success)
    throw new Error('The answer breaks its own contract', { cause: checked.error });
  res.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify(checked.data));
}
