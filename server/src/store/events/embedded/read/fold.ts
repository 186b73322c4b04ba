import type { Moments } from '../../../../stats/moments.ts';

/**
 * Centred moments of units by group, in two passes: means first, then co-moments around them, so that no digits are
 * lost on money.
 * @param group of each unit; −1 = left out
 * @param columns one array of all units per column
 */
export function fold(
  group: Int32Array,
  groups: number,
  columns: readonly Float64Array[],
): Moments[] {
  const k = columns.length;
  const n = new Float64Array(groups);
  for (const g of group) if (g >= 0) n[g] = (n[g] ?? 0) + 1;
  const means = columns.map((column) => {
    const mean = new Float64Array(groups);
    for (let i = 0; i < group.length; i++) {
      const g = group[i] ?? -1;
      if (g >= 0) mean[g] = (mean[g] ?? 0) + (column[i] ?? 0);
    }
    for (let g = 0; g < groups; g++) mean[g] = n[g] === 0 ? 0 : (mean[g] ?? 0) / (n[g] ?? 1);
    return mean;
  });
  const comoments: Float64Array[] = [];
  for (let a = 0; a < k; a++)
    for (let b = a; b < k; b++)
      comoments.push(centred(group, groups, [columns[a], columns[b], means[a], means[b]] as Pair));
  return Array.from({ length: groups }, (_, g) => ({
    n: n[g] ?? 0,
    mean: means.map((m) => m[g] ?? 0),
    comoment: comoments.map((c) => c[g] ?? 0),
  }));
}

type Pair = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

function centred(group: Int32Array, groups: number, [a, b, meanA, meanB]: Pair): Float64Array {
  const sum = new Float64Array(groups);
  for (let i = 0; i < group.length; i++) {
    const g = group[i] ?? -1;
    if (g >= 0)
      sum[g] = (sum[g] ?? 0) + ((a[i] ?? 0) - (meanA[g] ?? 0)) * ((b[i] ?? 0) - (meanB[g] ?? 0));
  }
  return sum;
}
