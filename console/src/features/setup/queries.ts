import type { Condition } from '@assay/sdk';
import { useApi } from '../../lib/query.ts';
import type { Known } from '../../ui/condition/editor.tsx';
import { attributesIn } from '../../ui/condition/model.ts';

const whole = { query: { limit: 1_000 } } as const;

export const useFlags = () => useApi('GET /api/flags', whole);
export const useExperiments = () => useApi('GET /api/experiments', whole);
export const useMetrics = () => useApi('GET /api/metrics', whole);
export const useLayers = () => useApi('GET /api/layers', whole);
export const useHoldouts = () => useApi('GET /api/holdouts', whole);
export const useEnvironments = () => useApi('GET /api/environments', { query: {} });
export const useSeenEvents = (environment: string) =>
  useApi('GET /api/events/seen', { query: { environment } });

export function useKnown(): Known {
  const segments = useApi('GET /api/segments', whole).data?.items ?? [];
  const experiments = useExperiments().data?.items ?? [];
  const flags = useFlags().data?.items ?? [];
  const conditions: (Condition | undefined)[] = [
    ...segments.map((segment) => segment.if),
    ...experiments.map(({ audience }) => audience),
    ...flags.flatMap(({ environments }) =>
      Object.values(environments).flatMap(({ rules }) => rules.map((rule) => rule.if)),
    ),
  ];
  return {
    attributes: [...new Set(['userId', ...conditions.flatMap(attributesIn)])].toSorted(),
    segments: segments.map(({ key, name }) => ({ key, name: name ?? key })),
  };
}
