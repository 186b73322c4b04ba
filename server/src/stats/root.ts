/** x in the bracket with f(x) = target for an increasing f, by bisection. @example increasingRoot((x) => x * x, 4, [0, 3]) // 2 */
export function increasingRoot(
  f: (x: number) => number,
  target: number,
  [from, to]: readonly [number, number],
): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 80 && high - low > 1e-11; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
