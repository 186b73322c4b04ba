import { choiceParam, textParam } from '../../lib/search.ts';

export const groups = ['needs', 'running', 'drafts', 'decided'] as const;
export type ShownGroup = (typeof groups)[number];
export type ExperimentsSearch = {
  show?: ShownGroup | undefined;
  q?: string | undefined;
  owner?: string | undefined;
  metric?: string | undefined;
  layer?: string | undefined;
};
export function experimentsSearch(search: Record<string, unknown>): ExperimentsSearch {
  return {
    ...choiceParam(search, 'show', groups),
    ...textParam(search, 'q'),
    ...textParam(search, 'owner'),
    ...textParam(search, 'metric'),
    ...textParam(search, 'layer'),
  };
}
