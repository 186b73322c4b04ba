import type { Condition } from '@assay/sdk';
import { useApi } from '../../lib/query.ts';
import { attributesIn } from '../../ui/condition/model.ts';
import type { Known } from '../../ui/condition/editor.tsx';

const whole = { query: { limit: 1_000 } } as const;

export function useFlags() {
  return useApi('GET /api/flags', whole);
}
export function useFlag(key: string) {
  return useApi('GET /api/flags/:key', { params: { key } });
}
export function useRevisions(key: string) {
  return useApi('GET /api/flags/:key/revisions', { params: { key }, query: { limit: 50 } });
}
export function useEnvironments() {
  return useApi('GET /api/environments', { query: {} }, { staleTime: 60_000 });
}
export function useExperimentsOn(flag: string) {
  const items = useApi('GET /api/experiments', whole).data?.items ?? [];
  return items.filter((item) => item.flag === flag);
}

/** Attributes that conditions here ask for already, and the audiences there are. */
export function useKnown(): Known {
  const segments = useApi('GET /api/segments', whole).data?.items ?? [];
  const flags = useFlags().data?.items ?? [];
  const conditions: (Condition | undefined)[] = [
    ...segments.map((segment) => segment.if),
    ...flags.flatMap((flag) =>
      Object.values(flag.environments).flatMap(({ rules }) => rules.map((rule) => rule.if)),
    ),
  ];
  return {
    attributes: [...new Set(['userId', ...conditions.flatMap(attributesIn)])].toSorted(),
    segments: segments.map(({ key, name }) => ({ key, name: name ?? key })),
  };
}
