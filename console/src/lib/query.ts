import type { Input, Output, RouteKey } from '@assay/server/contract';
import {
  QueryCache,
  QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { api } from './api.ts';
import { problemOf, type ApiError } from './problem.ts';

export type ReadKey = Extract<RouteKey, `GET ${string}`>;
type WriteKey = Exclude<RouteKey, ReadKey>;

const meKey: ReadKey = 'GET /api/me';

/** `onSignedOut` is told when a call finds the session gone. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey: [route] }) => {
        // Who asks for /api/me deals with the answer: the router leads to the sign-in or the first-admin page.
        if (problemOf(error).code === 'unauthenticated' && route !== meKey) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => {
          const { code } = problemOf(error);
          return failures < 2 && (code === 'offline' || code === 'unavailable');
        },
      },
    },
  });
}

/** How a read is cached: under its route and input, so that a write can drop all reads of what it touched. */
export function read<K extends ReadKey>(key: K, input: Input<K>) {
  return queryOptions<Output<K>, ApiError>({
    queryKey: [key, input],
    queryFn: ({ signal }) => api(key, input, { signal }),
  });
}

export type ReadOptionsOf<K extends ReadKey> = ReturnType<typeof read<K>>;

export type ReadResult<K extends ReadKey> = UseQueryResult<Output<K>, ApiError>;
type ReadOptions = { enabled?: boolean; refetchInterval?: number | false; staleTime?: number };
/** `const flags = useApi('GET /api/flags', { query: {} })` */
export function useApi<K extends ReadKey>(
  key: K,
  input: Input<K>,
  options: ReadOptions = {},
): ReadResult<K> {
  return useQuery({ ...read(key, input), ...options });
}

export type Change<K extends WriteKey> = UseMutationResult<
  Output<K>,
  ApiError,
  Input<K> & { ifMatch?: number | undefined }
>;
/**
 * A write. When it succeeds, every read under the same area (`/api/flags…`) and under `touches` is fetched anew; after a
 * conflict those of the area, so that the page knows the version that was quicker.
 * `const save = useChange('PUT /api/flags/:key'); save.mutate({ params, query: {}, body, ifMatch: flag.revision })`
 */
export function useChange<K extends WriteKey>(
  key: K,
  touches: readonly `/api/${string}`[] = [],
): Change<K> {
  const client = useQueryClient();
  return useMutation<Output<K>, ApiError, Input<K> & { ifMatch?: number | undefined }>({
    mutationFn: ({ ifMatch, ...input }) => api(key, input as unknown as Input<K>, { ifMatch }),
    // Not awaited: what a write removes may take the component with it that waits for the answer.
    onSuccess: () => {
      void dropReads(client, [areaOf(key), ...touches]);
    },
    onError: (error) => {
      if (problemOf(error).code === 'conflict') void dropReads(client, [areaOf(key)]);
    },
  });
}

/** Drops all reads of these areas, after writes that were made by hand. */
export function useInvalidate(): (areas: readonly `/api/${string}`[]) => Promise<void> {
  const client = useQueryClient();
  return (areas) => dropReads(client, areas);
}

/** `/api/flags/:key/revert` belongs to the area `/api/flags`. */
function areaOf(key: string): string {
  return key
    .slice(key.indexOf(' ') + 1)
    .split('/')
    .slice(0, 3)
    .join('/');
}

async function dropReads(client: QueryClient, areas: readonly string[]): Promise<void> {
  await client.invalidateQueries({
    predicate: ({ queryKey: [route] }) =>
      typeof route === 'string' && areas.some((area) => route.startsWith(`GET ${area}`)),
  });
}
