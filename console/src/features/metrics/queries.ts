import type { Experiment } from '@assay/server/contract';
import { useApi, type ReadResult } from '../../lib/query.ts';
import { attributesIn } from '../../ui/condition/model.ts';

const whole = { query: { limit: 1_000 } } as const;

export const useMetrics = (): ReadResult<'GET /api/metrics'> => useApi('GET /api/metrics', whole);
export const useMetric = (key: string): ReadResult<'GET /api/metrics/:key'> =>
  useApi('GET /api/metrics/:key', { params: { key } });
export const useRevisions = (key: string) =>
  useApi('GET /api/metrics/:key/revisions', { params: { key }, query: { limit: 50 } });
export const useSeen = (environment: string) =>
  useApi('GET /api/events/seen', { query: { environment } }).data?.items ?? [];

/** Experiments in which a metric has a role. */
export function useUses(): (metric: string) => Experiment[] {
  const items = useApi('GET /api/experiments', whole).data?.items ?? [];
  return (metric: string) =>
    items.filter(
      ({ metrics: { primary, secondary, guardrails }, status }) =>
        status !== 'archived' &&
        (primary === metric ||
          secondary.includes(metric) ||
          guardrails.some((guard) => guard.metric === metric)),
    );
}

/** Properties to filter by: those seen on the event, and those that other metrics filter by. */
export function useProperties(environment: string, event: string): string[] {
  const seen = useSeen(environment).find(({ name }) => name === event)?.properties ?? [];
  const known = (useMetrics().data?.items ?? []).flatMap((metric) =>
    'where' in metric ? attributesIn(metric.where) : [],
  );
  return [...new Set([...seen, ...known])];
}
