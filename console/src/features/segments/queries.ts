import type { Condition } from '@assay/sdk';
import { useApi } from '../../lib/query.ts';
import type { Known } from '../../ui/condition/editor.tsx';
import { attributesIn } from '../../ui/condition/model.ts';
import { usesOf, type Use } from './model.ts';

const whole = { query: { limit: 1_000 } } as const;

export const useSegments = () => useApi('GET /api/segments', whole);
export const useSegment = (key: string) => useApi('GET /api/segments/:key', { params: { key } });
export const useRevisions = (key: string) =>
  useApi('GET /api/segments/:key/revisions', { params: { key }, query: { limit: 50 } });

export function useUses(): (key: string) => Use[] {
  const flags = useApi('GET /api/flags', whole).data?.items ?? [];
  const experiments = useApi('GET /api/experiments', whole).data?.items ?? [];
  const segments = useSegments().data?.items ?? [];
  return (key) => usesOf(key, { flags, experiments, segments });
}

/** What conditions may ask for; an audience may point to every other one. */
export function useKnown(self?: string): Known {
  const segments = useSegments().data?.items ?? [];
  const flags = useApi('GET /api/flags', whole).data?.items ?? [];
  const conditions: (Condition | undefined)[] = [
    ...segments.map((segment) => segment.if),
    ...flags.flatMap(({ environments }) =>
      Object.values(environments).flatMap(({ rules }) => rules.map((rule) => rule.if)),
    ),
  ];
  return {
    attributes: [...new Set(['userId', ...conditions.flatMap(attributesIn)])].toSorted(),
    segments: segments
      .filter(({ key }) => key !== self)
      .map(({ key, name }) => ({ key, name: name ?? key })),
  };
}
