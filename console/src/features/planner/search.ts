export type PlannerSearch = Record<never, never>;
export function plannerSearch(_search: Record<string, unknown>): PlannerSearch {
  return {};
}
