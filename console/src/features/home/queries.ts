import { useApi } from '../../lib/query.ts';

/** What a demo's coming and going changes. */
export const everything = [
  '/api/environments',
  '/api/flags',
  '/api/experiments',
  '/api/metrics',
  '/api/segments',
  '/api/layers',
  '/api/events',
] as const;

/** While it runs, the demo's state is asked for every two seconds. */
export function useDemo() {
  const first = useApi('GET /api/demo', {});
  const runs = first.data?.status === 'running';
  return useApi('GET /api/demo', {}, { refetchInterval: runs ? 2_000 : false });
}
