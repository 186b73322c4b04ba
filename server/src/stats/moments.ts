/**
 * Sufficient statistics of `n` units with `k` numbers each: their means and the packed upper triangle (row by row,
 * diagonal included) of the centred co-moment sums Σ(a − ā)(b − b̄). Never raw sums of squares, which lose digits on money.
 * Columns by metric kind: mean, count, proportion, retention `[y]`, with a covariate `[y, x]`; ratio and funnel step
 * `[m, d]`, with covariates `[m, d, p, q]`.
 */
export interface Moments {
  readonly n: number;
  readonly mean: readonly number[];
  readonly comoment: readonly number[];
}

/** No units yet, `columns` numbers a unit. @example empty(1) // { n: 0, mean: [0], comoment: [0] } */
export function empty(columns: number): Moments {
  return {
    n: 0,
    mean: Array.from({ length: columns }, () => 0),
    comoment: Array.from({ length: (columns * (columns + 1)) / 2 }, () => 0),
  };
}

/**
 * Position of (row, column) in the packed triangle of `columns` columns; symmetric.
 * @example packed(1, 0, 2) // 1
 */
export function packed(row: number, column: number, columns: number): number {
  const i = Math.min(row, column);
  const j = Math.max(row, column);
  return i * columns - (i * (i - 1)) / 2 + (j - i);
}

/**
 * Combines two disjoint sets of units. Chan, Golub & LeVeque (1979).
 * @example merge({ n: 1, mean: [1], comoment: [0] }, { n: 1, mean: [3], comoment: [0] }) // { n: 2, mean: [2], comoment: [2] }
 */
export function merge(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const k = a.mean.length;
  const delta = a.mean.map((m, i) => b.mean[i]! - m);
  const mean = a.mean.map((m, i) => m + (delta[i]! * b.n) / n);
  const comoment = a.comoment.slice();
  const weight = (a.n * b.n) / n;
  let at = 0;
  for (let i = 0; i < k; i++)
    for (let j = i; j < k; j++, at++)
      comoment[at] = a.comoment[at]! + b.comoment[at]! + delta[i]! * delta[j]! * weight;
  return { n, mean, comoment };
}

/**
 * Sample variance (n − 1) of one column; NaN below two units.
 * @example variance({ n: 2, mean: [2], comoment: [2] }, 0) // 2
 */
export function variance(m: Moments, column = 0): number {
  return covariance(m, column, column);
}

/**
 * Sample covariance (n − 1) of two columns; NaN below two units.
 * @example covariance({ n: 2, mean: [2, 2], comoment: [2, 2, 2] }, 0, 1) // 2
 */
export function covariance(m: Moments, i: number, j: number): number {
  return m.n > 1 ? m.comoment[packed(i, j, m.mean.length)]! / (m.n - 1) : Number.NaN;
}
