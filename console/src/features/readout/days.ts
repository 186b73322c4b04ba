import type { Series } from '@assay/server/contract';
import type { LiftDay } from '../../charts/lift-model.ts';

/** One variant of a series as the chart draws it. Cumulative units become those that came on each day. */
export function daysOf(series: Series, variant: string): LiftDay[] {
  let before = 0;
  return series.days.map((day) => {
    const all = Object.values(day.units).reduce((sum, n) => sum + n, 0);
    const units = series.by === 'cumulative' ? Math.max(0, all - before) : all;
    before = all;
    const result = day.results.find((r) => r.variant === variant);
    return {
      day: day.day,
      units,
      estimate: result?.relative?.estimate ?? null,
      low: result?.relative?.low ?? null,
      high: result?.relative?.high ?? null,
      low80: result?.relative80?.low ?? null,
      high80: result?.relative80?.high ?? null,
    };
  });
}

/** The date `index` days after the first one. */
export function dateAt(first: string | undefined, index: number): number | null {
  return first === undefined ? null : Date.parse(`${first}T12:00:00`) + index * 86_400_000;
}
