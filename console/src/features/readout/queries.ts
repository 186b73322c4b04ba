import type { Input, Output, Series } from '@assay/server/contract';
import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { read, useApi } from '../../lib/query.ts';
import type { ApiError } from '../../lib/problem.ts';
import type { ReadoutSearch } from './search.ts';

const liveMs = 4_000;
const seriesMs = 30_000;

type Answer<K extends 'GET /api/experiments/:key' | 'GET /api/experiments/:key/readout'> =
  UseQueryResult<Output<K>, ApiError>;
export function useExperiment(key: string): Answer<'GET /api/experiments/:key'> {
  return useApi('GET /api/experiments/:key', { params: { key } });
}

/** The readout as the address asks for it; asked anew every few seconds while units arrive. */
export function useReadout(
  key: string,
  search: ReadoutSearch,
  { enabled, live }: { enabled: boolean; live: boolean },
): Answer<'GET /api/experiments/:key/readout'> {
  const query: Input<'GET /api/experiments/:key/readout'>['query'] = {
    ...(search.vs !== undefined && { vs: search.vs }),
    ...(search.cuped !== undefined && { cuped: search.cuped === 'on' ? 'true' : 'false' }),
  };
  return useApi(
    'GET /api/experiments/:key/readout',
    { params: { key }, query },
    { enabled, refetchInterval: live ? liveMs : false },
  );
}

function seriesInput(key: string, metric: string, by: Series['by'], vs: string | undefined) {
  return { params: { key }, query: { metric, by, ...(vs !== undefined && { vs }) } };
}

/** One metric by day; the days shown last stay until those asked for are there. */
export function useSeries(
  key: string,
  metric: string,
  asked: { by: Series['by']; vs: string | undefined; live: boolean },
): UseQueryResult<Series, ApiError> {
  return useQuery({
    ...read('GET /api/experiments/:key/series', seriesInput(key, metric, asked.by, asked.vs)),
    refetchInterval: asked.live ? seriesMs : false,
    placeholderData: keepPreviousData,
  });
}

/** The running totals of every metric, for the trend column. */
export function useTrends(
  key: string,
  metrics: readonly string[],
  asked: { vs: string | undefined; live: boolean },
): ReadonlyMap<string, Series> {
  return useQueries({
    queries: metrics.map((metric) => ({
      ...read('GET /api/experiments/:key/series', seriesInput(key, metric, 'cumulative', asked.vs)),
      refetchInterval: asked.live ? seriesMs : (false as const),
    })),
    combine: (answers) =>
      new Map(
        answers
          .map(({ data }) => data)
          .filter((series) => series !== undefined)
          .map((series) => [series.metric, series]),
      ),
  });
}
