import type { Experiment } from '@assay/server/contract';
import { useApi } from '../../lib/query.ts';

type Condition = NonNullable<Experiment['audience']>;
const common = ['country', 'language', 'platform', 'device', 'browser', 'plan'];

/** Attributes worth offering: those that rules and audiences speak of, then the usual ones. */
export function useAttributes(experiment: Experiment): string[] {
  const flags = useApi('GET /api/flags', { query: {} }).data?.items ?? [];
  const segments = useApi('GET /api/segments', { query: {} }).data?.items ?? [];
  const conditions = [
    experiment.audience,
    ...segments.map((segment) => segment.if),
    ...flags.flatMap((flag) =>
      Object.values(flag.environments).flatMap((settings) => settings.rules.map((rule) => rule.if)),
    ),
  ].filter((condition) => condition !== undefined);
  return [...new Set([...conditions.flatMap(attributesOf), ...common])];
}

export function attributesOf(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(attributesOf);
  if ('any' in condition) return condition.any.flatMap(attributesOf);
  if ('not' in condition) return attributesOf(condition.not);
  return 'attr' in condition ? [condition.attr] : [];
}
