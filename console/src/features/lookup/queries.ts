import type { Explanation, Json, UnitPage } from '@assay/server/contract';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { ApiError } from '../../lib/problem.ts';
import { useApi } from '../../lib/query.ts';

export function useUnit(
  unit: { readonly type: string; readonly id: string } | null,
  environment: string,
): UseQueryResult<UnitPage, ApiError> {
  return useApi(
    'GET /api/units/:type/:id',
    { params: { type: unit?.type ?? '', id: unit?.id ?? '' }, query: { environment } },
    { enabled: unit !== null },
  );
}

/** The trace for a context; the last one stays while the next is fetched. */
export function useExplanation(
  asked: { environment: string; flag: string; context: Record<string, Json> } | null,
): UseQueryResult<Explanation, ApiError> {
  return useQuery<Explanation, ApiError>({
    queryKey: ['POST /api/explain', asked],
    queryFn: ({ signal }) =>
      asked === null
        ? Promise.reject(new Error('nothing asked'))
        : api('POST /api/explain', { body: asked }, { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
}
