import type { Cap, MetricQuery, MomentRow } from '../../port.ts';
import { windowEnd, type Accumulator } from './accumulate.ts';
import { fold } from './fold.ts';
import { quantile7 } from './quantile.ts';

export type Reduced = Pick<MomentRow, 'moments' | 'cap' | 'quantile'>;

/** Where units belong; −1 = in no group. */
export interface Grouping {
  readonly t0: Float64Array;
  readonly group: Int32Array;
  readonly groups: number;
  readonly reading: 'all' | 'matured';
}

/** One metric's numbers of every group at a cutoff. */
export function reduce(accumulator: Accumulator, grouping: Grouping, cutoff: number): Reduced[] {
  const { metric } = accumulator;
  const group = grouped(metric, grouping, cutoff);
  accumulator.advance(cutoff);
  if (metric.kind === 'quantile')
    return reduceQuantile(metric, accumulator, { ...grouping, group, cutoff });
  const cap = metric.kind === 'mean' || metric.kind === 'ratio' ? metric.cap : undefined;
  if (cap === undefined)
    return fold(group, grouping.groups, accumulator.columns).map((moments) => ({ moments }));
  return reduceCapped(accumulator, cap, { group, groups: grouping.groups });
}

/** The groups of those who have entered by the cutoff and, if asked, whose window has passed. */
function grouped(
  metric: MetricQuery,
  { t0, group, reading }: Grouping,
  cutoff: number,
): Int32Array {
  return group.map((g, i) => {
    const start = t0[i] ?? Infinity;
    if (start >= cutoff) return -1;
    return reading === 'matured' && windowEnd(metric, start) > cutoff ? -1 : g;
  });
}

/**
 * Values above the cap count as the cap. A percentile is taken of the non-zero values of all groups together, for a ratio
 * of each part by itself; an absolute cap holds for the numerator. A covariate is the same metric before the exposure, so
 * it has the same cap.
 */
function reduceCapped(
  { metric, columns }: Accumulator,
  cap: Cap,
  { group, groups }: { readonly group: Int32Array; readonly groups: number },
): Reduced[] {
  const width = metric.kind === 'ratio' ? 2 : 1;
  const caps = Array.from({ length: width }, (_, j) => {
    if ('absolute' in cap) return j === 0 ? cap.absolute : Infinity;
    const at = quantile7(nonZero(columns[j] ?? new Float64Array(), group), cap.percentile);
    return Number.isNaN(at) ? Infinity : at;
  });
  const touched = new Float64Array(groups);
  for (let i = 0; i < group.length; i++) {
    const g = group[i] ?? -1;
    if (g >= 0 && caps.some((c, j) => (columns[j]?.[i] ?? 0) > c))
      touched[g] = (touched[g] ?? 0) + 1;
  }
  const capped = columns.map((column, j) => {
    const at = caps[j % width] ?? Infinity;
    return column.map((v) => Math.min(v, at));
  });
  const at = caps[0] ?? Infinity;
  return fold(group, groups, capped).map((moments, g) =>
    Number.isFinite(at) ? { moments, cap: { at, units: touched[g] ?? 0 } } : { moments },
  );
}

function nonZero(column: Float64Array, group: Int32Array): Float64Array {
  return column.filter((v, i) => v !== 0 && (group[i] ?? -1) >= 0);
}

/**
 * The quantile of all values of a group and its interval: the standard error of the share below it, clustered by unit, is
 * turned back into two quantiles. Deng, Knoblich & Lu (2018), section 4.
 */
function reduceQuantile(
  metric: Extract<MetricQuery, { kind: 'quantile' }>,
  accumulator: Accumulator,
  { group, groups, cutoff }: Grouping & { readonly cutoff: number },
): Reduced[] {
  const journal = accumulator.values?.();
  if (journal === undefined) return [];
  let end = 0;
  while (end < journal.time.length && (journal.time[end] ?? Infinity) < cutoff) end++;
  const groupOf = (e: number): number => group[journal.unit[e] ?? 0] ?? -1;
  const pools = poolBy(journal.value, end, groups, groupOf);
  const q = pools.map((pool) => quantile7(pool, metric.q));
  const below = new Float64Array(group.length);
  const count = new Float64Array(group.length);
  for (let e = 0; e < end; e++) {
    const unit = journal.unit[e] ?? 0;
    const g = groupOf(e);
    if (g < 0) continue;
    count[unit] = (count[unit] ?? 0) + 1;
    if ((journal.value[e] ?? 0) <= (q[g] ?? Number.NaN)) below[unit] = (below[unit] ?? 0) + 1;
  }
  return fold(group, groups, [below, count]).map((moments, g) => {
    const pool = pools[g] ?? new Float64Array();
    if (pool.length === 0) return { moments };
    const half = metric.z * shareError(moments);
    const inside = (p: number): number | null => (p > 0 && p < 1 ? quantile7(pool, p) : null);
    const quantile = {
      value: q[g] ?? Number.NaN,
      low: inside(metric.q - half),
      high: inside(metric.q + half),
    };
    return { moments, quantile };
  });
}

/** Standard error of Σ below / Σ count by the delta method; NaN below two units. */
function shareError({ n, mean, comoment }: Reduced['moments']): number {
  const [s = 0, c = 0] = mean;
  const [ss = 0, sc = 0, cc = 0] = comoment.map((m) => m / (n - 1));
  const p = s / c;
  return Math.sqrt((ss - 2 * p * sc + p * p * cc) / (n * c * c));
}

function poolBy(
  value: Float64Array,
  end: number,
  groups: number,
  groupOf: (e: number) => number,
): Float64Array[] {
  const sizes = new Uint32Array(groups);
  for (let e = 0; e < end; e++) {
    const g = groupOf(e);
    if (g >= 0) sizes[g] = (sizes[g] ?? 0) + 1;
  }
  const pools = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Uint32Array(groups);
  for (let e = 0; e < end; e++) {
    const g = groupOf(e);
    const pool = pools[g];
    if (g < 0 || pool === undefined) continue;
    const at = filled[g] ?? 0;
    pool[at] = value[e] ?? 0;
    filled[g] = at + 1;
  }
  return pools;
}
