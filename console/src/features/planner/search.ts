import { choiceParam, numberParam, textParam } from '../../lib/search.ts';

/** The whole plan stands in the address; what is absent is measured or a default. */
export type PlannerSearch = {
  name?: string | undefined;
  metric?: string | undefined;
  /** A plan without a metric of the catalogue. */
  kind?: 'proportion' | 'mean' | undefined;
  rate?: number | undefined;
  mean?: number | undefined;
  sd?: number | undefined;
  /** New eligible units a day, where not measured. */
  perDay?: number | undefined;
  groups?: number | undefined;
  /** Share of the traffic that takes part. */
  use?: number | undefined;
  /** Smallest lift worth finding, without its sign. */
  lift?: number | undefined;
  alpha?: number | undefined;
  power?: number | undefined;
  look?: 'any' | undefined;
  /** Days until a unit's outcome is known. */
  mature?: number | undefined;
  cuped?: 'off' | undefined;
  /** The horizontal axis of the first chart. */
  x?: 'units' | undefined;
};
export function plannerSearch(search: Record<string, unknown>): PlannerSearch {
  return {
    ...textParam(search, 'name'),
    ...textParam(search, 'metric'),
    ...choiceParam(search, 'kind', ['proportion', 'mean'] as const),
    ...numberParam(search, 'rate'),
    ...numberParam(search, 'mean'),
    ...numberParam(search, 'sd'),
    ...numberParam(search, 'perDay'),
    ...numberParam(search, 'groups'),
    ...numberParam(search, 'use'),
    ...numberParam(search, 'lift'),
    ...numberParam(search, 'alpha'),
    ...numberParam(search, 'power'),
    ...choiceParam(search, 'look', ['any'] as const),
    ...numberParam(search, 'mature'),
    ...choiceParam(search, 'cuped', ['off'] as const),
    ...choiceParam(search, 'x', ['units'] as const),
  };
}
