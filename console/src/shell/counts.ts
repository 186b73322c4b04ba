import { useEnvironment } from '../lib/environment.ts';
import { useApi } from '../lib/query.ts';

export const whole = { query: { limit: 1_000 } } as const;

/** The numbers beside the pages: what runs here, and how much there is. */
export function useCounts(): { running?: number; flags?: number; metrics?: number } {
  const environment = useEnvironment();
  const experiments = useApi('GET /api/experiments', whole, { staleTime: 30_000 }).data;
  const flags = useApi('GET /api/flags', whole, { staleTime: 30_000 }).data;
  const metrics = useApi('GET /api/metrics', whole, { staleTime: 30_000 }).data;
  return {
    ...(experiments !== undefined && {
      running: experiments.items.filter(
        (item) => item.status === 'running' && item.environment === environment,
      ).length,
    }),
    ...(flags !== undefined && { flags: flags.items.length }),
    ...(metrics !== undefined && { metrics: metrics.items.length }),
  };
}
