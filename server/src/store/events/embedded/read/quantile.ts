/**
 * The type-7 quantile (linear between order statistics; R's and numpy's default). Reorders `values` in place, O(n);
 * NaN of nothing.
 * @example quantile7(Float64Array.of(1, 2, 3, 4), 0.5) // 2.5
 */
export function quantile7(values: Float64Array, q: number): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const h = (n - 1) * q;
  const i = Math.floor(h);
  const low = select(values, i);
  if (h === i || i + 1 >= n) return low;
  let high = Infinity;
  for (let j = i + 1; j < n; j++) high = Math.min(high, values[j] ?? Infinity);
  return low + (h - i) * (high - low);
}

/** Hoare's quickselect with the median of three: afterwards values[k] is in its sorted place, smaller ones before it. */
function select(values: Float64Array, k: number): number {
  const at = (i: number): number => values[i] ?? Number.NaN;
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const a = at(left);
    const b = at((left + right) >>> 1);
    const c = at(right);
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = left;
    let j = right;
    while (i <= j) {
      while (at(i) < pivot) i++;
      while (at(j) > pivot) j--;
      if (i <= j) {
        const swap = at(i);
        values[i++] = at(j);
        values[j--] = swap;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return at(k);
}
