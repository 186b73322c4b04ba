import type { Baseline, BaselineBody, Plan, PlanBody } from '@assay/server/contract';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '../../lib/api.ts';
import type { ApiError } from '../../lib/problem.ts';

/** The metric as it is today; asked once per metric and environment. */
export function useBaseline(
  metric: string | undefined,
  environment: string,
): UseQueryResult<Baseline, ApiError> {
  const body: BaselineBody = { metric: metric ?? '', environment, days: 28 };
  return useQuery<Baseline, ApiError>({
    queryKey: ['POST /api/plan/baseline', body],
    queryFn: () => api('POST /api/plan/baseline', { body }),
    enabled: metric !== undefined,
    staleTime: 5 * 60_000,
  });
}

/** A plan for these inputs; the last one stays until the next is there, so that curves move and never vanish. */
export function usePlan(body: PlanBody | null): UseQueryResult<Plan, ApiError> {
  return useQuery<Plan, ApiError>({
    queryKey: ['POST /api/plan', body],
    queryFn: ({ signal }) =>
      body === null
        ? Promise.reject(new Error('no plan'))
        : api('POST /api/plan', { body }, { signal }),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}
