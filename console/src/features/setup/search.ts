import { numberParam, textParam } from '../../lib/search.ts';

/** What a new experiment starts from: a plan made in the planner, a flag or a metric. */
export type SetupSearch = {
  name?: string;
  flag?: string;
  metric?: string;
  mde?: number;
  units?: number;
  days?: number;
  alpha?: number;
  power?: number;
  method?: string;
};
export function setupSearch(search: Record<string, unknown>): SetupSearch {
  return {
    ...textParam(search, 'name'),
    ...textParam(search, 'flag'),
    ...textParam(search, 'metric'),
    ...textParam(search, 'method'),
    ...numberParam(search, 'mde'),
    ...numberParam(search, 'units'),
    ...numberParam(search, 'days'),
    ...numberParam(search, 'alpha'),
    ...numberParam(search, 'power'),
  };
}
