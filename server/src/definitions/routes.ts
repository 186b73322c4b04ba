import { kinds, type Body, type Kind } from '../contract/definitions.ts';
import type { RouteKey } from '../contract/routes.ts';
import type { Call, Clock, Handlers } from '../http/handler.ts';
import type { ListQuery } from './list.ts';
import { definitionService, type DefinitionDeps, type Request } from './service.ts';

type Base = `/api/${Kind}`;
export type DefinitionRoute = Extract<
  RouteKey,
  | `${'GET' | 'POST'} ${Base}`
  | `${'GET' | 'PUT' | 'DELETE'} ${Base}/:key`
  | `GET ${Base}/:key/revisions`
  | `POST ${Base}/:key/revert`
>;

/** Seven calls for each of seven kinds. */
export function definitionHandlers(
  deps: DefinitionDeps & { readonly clock: Clock },
): Handlers<DefinitionRoute> {
  const made = (Object.keys(kinds) as Kind[]).map((kind) => handlersOf(kind, deps));
  // The names are put together from the kinds exactly as contract/routes.ts does; the binder refuses to start should one be missing.
  return Object.assign({}, ...made) as Handlers<DefinitionRoute>;
}

interface Input {
  readonly params: { readonly key: string };
  readonly query: ListQuery & { readonly archived: 'true' | 'false'; readonly reason?: string };
}

function handlersOf(kind: Kind, deps: DefinitionDeps & { readonly clock: Clock }) {
  const service = definitionService(kind, deps);
  const base = `/api/${kind}`;
  const request = (reason: string | undefined, { actor, requestId, ifMatch }: Call): Request => ({
    author: actor.name,
    requestId,
    ifMatch,
    reason: reason ?? '',
    at: deps.clock(),
  });
  return {
    [`GET ${base}`]: async ({ query }: Input) => service.list(query),
    [`POST ${base}`]: ({ body }: { body: Body<Kind> }, call: Call) =>
      service.create(body, request('', call)),
    [`GET ${base}/:key`]: async ({ params }: Input) => service.read(params.key),
    [`PUT ${base}/:key`]: ({ params, query, body }: Input & { body: Body<Kind> }, call: Call) =>
      service.replace(params.key, body, request(query.reason, call)),
    [`DELETE ${base}/:key`]: ({ params, query }: Input, call: Call) =>
      service.archive(params.key, request(query.reason, call)),
    [`GET ${base}/:key/revisions`]: ({ params, query }: Input) =>
      service.revisions(params.key, query),
    [`POST ${base}/:key/revert`]: (
      { params, body }: Input & { body: { revision: number; reason: string } },
      call: Call,
    ) => service.revert(params.key, body.revision, request(body.reason, call)),
  };
}
