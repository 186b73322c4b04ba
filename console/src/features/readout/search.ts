import { choiceParam, textParam } from '../../lib/search.ts';

export type ReadoutSearch = {
  /** What the difference columns show; relative when absent. */
  diff?: 'absolute' | 'total' | undefined;
  /** Baseline variant; the control when absent. */
  vs?: string | undefined;
  cuped?: 'on' | 'off' | undefined;
  /** Metric of the charts; the primary when absent. */
  metric?: string | undefined;
  /** Variant of the charts; the verdict's when absent. */
  variant?: string | undefined;
  by?: 'cohort' | undefined;
  /** Attributes to break down by, comma between them. */
  dim?: string | undefined;
};
export function readoutSearch(search: Record<string, unknown>): ReadoutSearch {
  return {
    ...choiceParam(search, 'diff', ['absolute', 'total'] as const),
    ...textParam(search, 'vs'),
    ...choiceParam(search, 'cuped', ['on', 'off'] as const),
    ...textParam(search, 'metric'),
    ...textParam(search, 'variant'),
    ...choiceParam(search, 'by', ['cohort'] as const),
    ...textParam(search, 'dim'),
  };
}
