import type { Metric } from '../contract/definitions.ts';
import type { UnitRow } from '../store/events/port.ts';
import { maturationMs } from './plan.ts';

/**
 * Share of exposed units whose window has wholly passed, by metric. `cohorts` are units by local day of first exposure;
 * a day counts when all of it is past, so the share is at most a day behind. Metrics without a window are left out.
 */
export function maturity(
  metrics: Iterable<Metric>,
  cohorts: readonly UnitRow[],
  { asOf, timeZone }: { readonly asOf: number; readonly timeZone: string },
): Map<string, number> {
  const localDay = dayIn(timeZone);
  const all = cohorts.reduce((sum, row) => sum + row.units, 0);
  const shares = new Map<string, number>();
  for (const metric of metrics) {
    const after = maturationMs(metric);
    if (after === null || all === 0) continue;
    const until = localDay(asOf - after);
    const mature = cohorts.filter((row) => (row.day ?? '') < until);
    shares.set(metric.key, mature.reduce((sum, row) => sum + row.units, 0) / all);
  }
  return shares;
}

/** ms since the epoch to the local date, YYYY-MM-DD. */
function dayIn(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(at);
}
