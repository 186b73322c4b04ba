import type { Experiment, Readout } from '@assay/server/contract';
import { useQueries } from '@tanstack/react-query';
import type { ApiError } from '../../lib/problem.ts';
import { read, useApi } from '../../lib/query.ts';

const whole = { query: { limit: 1_000 } } as const;

type Experiments = {
  data: Experiment[] | undefined;
  error: ApiError | null;
  refetch: () => unknown;
};
export function useExperiments(environment: string): Experiments {
  const { data, error, refetch } = useApi('GET /api/experiments', whole);
  return {
    error,
    refetch,
    data: data?.items.filter(
      (item) => item.environment === environment && item.status !== 'archived',
    ),
  };
}
export function useLayers() {
  return useApi('GET /api/layers', whole);
}
export function useHoldouts() {
  return useApi('GET /api/holdouts', whole);
}
export function useMetricNames(): ReadonlyMap<string, string> {
  const items = useApi('GET /api/metrics', whole).data?.items ?? [];
  return new Map(items.map((metric) => [metric.key, metric.name ?? metric.key]));
}

/** Decided experiments whose result is still shown; older ones are a list without figures. */
const shownDecided = 20;

/** The readouts behind the rows, by key, as they arrive: everything that runs, and what was decided lately. */
export function useReadouts(experiments: readonly Experiment[]): ReadonlyMap<string, Readout> {
  const decided = experiments
    .filter(({ decision }) => decision !== null)
    .toSorted((a, b) => (b.decision?.at ?? '').localeCompare(a.decision?.at ?? ''))
    .slice(0, shownDecided);
  const current = experiments.filter(
    ({ status, decision }) => decision === null && (status === 'running' || status === 'stopped'),
  );
  const keys = [...current, ...decided].map(({ key }) => key);
  return useQueries({
    queries: keys.map((key) => ({
      ...read('GET /api/experiments/:key/readout', { params: { key }, query: {} }),
      refetchInterval: 30_000,
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }) => (data === undefined ? [] : [[data.experiment, data]]))),
  });
}
