import type { Input, Output, Problem, RouteKey } from '@assay/server/contract';
import { ApiError } from './problem.ts';

type Loose = {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
};
type CallOptions = {
  /** The revision that a write was based on; a newer one answers `conflict`. */
  ifMatch?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** Calls the server: `api('GET /api/flags/:key', { params: { key } })`. Throws ApiError. */
export async function api<K extends RouteKey>(
  key: K,
  input: Input<K>,
  { ifMatch, signal }: CallOptions = {},
): Promise<Output<K>> {
  const { body } = input as Loose;
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (ifMatch !== undefined) headers.set('if-match', `"${ifMatch}"`);
  const request: RequestInit = { method: key.slice(0, key.indexOf(' ')), headers };
  if (body !== undefined) request.body = JSON.stringify(body);
  if (signal !== undefined) request.signal = signal;
  const response = await send(address(key, input), request);
  return (response.status === 204 ? {} : await response.json()) as Output<K>;
}

/** The address of a call, for links, EventSource and downloads. */
export function address<K extends RouteKey>(key: K, input: Input<K>): string {
  const { params = {}, query = {} } = input as Loose;
  const path = key
    .slice(key.indexOf(' ') + 1)
    .replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, `${value}`);
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

async function send(url: string, request: RequestInit): Promise<Response> {
  const response = await fetch(url, request).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({ code: 'offline', detail: url }, { cause: error });
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const requestId = problem.requestId ?? response.headers.get('x-request-id') ?? undefined;
  throw new ApiError({
    ...problem,
    code: problem.code ?? (response.status === 401 ? 'unauthenticated' : 'internal'),
    detail: problem.detail ?? `${response.status} ${response.statusText}`,
    ...(requestId !== undefined && { requestId }),
  });
}
