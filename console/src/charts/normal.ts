/**
 * The standard normal for pictures: density, distribution, quantile. Figures that decide anything come
 * from the server; these only shade areas and place thresholds.
 */
export function normalPdf(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z <= z), absolute error below 1e-14. Hart (1968), as given by West (2005).
 * @example normalCdf(1.959964) // 0.975
 */
export function normalCdf(z: number): number {
  const upper = upperTail(Math.abs(z));
  return z > 0 ? 1 - upper : upper;
}

const numerator = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const denominator = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

function upperTail(x: number): number {
  if (x > 37) return 0;
  const e = Math.exp(-0.5 * x * x);
  if (x < 7.07106781186547) return (e * horner(numerator, x)) / horner(denominator, x);
  const fraction = x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
  return e / (fraction * 2.506628274631);
}
function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, c) => sum * x + c, 0);
}

/**
 * The z with P(Z <= z) = p, for 0 < p < 1, by bisection and Newton.
 * @example normalQuantile(0.975) // 1.959964
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return Number.NaN;
  let low = -38;
  let high = 38;
  for (let i = 0; i < 20; i += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  let z = (low + high) / 2;
  for (let i = 0; i < 3; i += 1) {
    const density = normalPdf(z);
    if (density > 0) z -= (normalCdf(z) - p) / density;
  }
  return z;
}
