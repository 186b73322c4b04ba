import { erfcx, erfNearZero } from './error-function.ts';

const HALF_LN_2PI = 0.9189385332046727;
const NEAR = 0.46875 * Math.SQRT2;

/** Standard normal density. @example normalPdf(0) // 0.3989422804014327 */
export function normalPdf(z: number): number {
  return Math.exp(-0.5 * z * z - HALF_LN_2PI);
}

/** P(Z ≤ z). @example normalCdf(-1.959963984540054) // 0.025 */
export function normalCdf(z: number): number {
  return normalSf(-z);
}

/** P(Z > z), full relative accuracy in the tail. Cody (1969). @example normalSf(10) // 7.619853024160526e-24 */
export function normalSf(z: number): number {
  if (Math.abs(z) <= NEAR) return 0.5 - 0.5 * erfNearZero(z / Math.SQRT2);
  const tail = 0.5 * erfcx(Math.abs(z) / Math.SQRT2) * expMinusHalfSquare(z);
  return z > 0 ? tail : 1 - tail;
}

/** ln P(Z > z), finite for every finite z. @example normalLnSf(100) // -5005.524208694205 */
export function normalLnSf(z: number): number {
  if (z <= NEAR) return z < -NEAR ? Math.log1p(-normalSf(-z)) : Math.log(normalSf(z));
  return Math.log(0.5 * erfcx(z / Math.SQRT2)) - 0.5 * z * z;
}

/** exp(−z²/2) with the rounding of z² taken out, which would cost digits far in the tail. */
function expMinusHalfSquare(z: number): number {
  if (Math.abs(z) > 40) return 0;
  const head = Math.trunc(z * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (z - head) * (z + head));
}

/** z with P(Z > z) = p, 0 < p < 1; ±Infinity at the ends, NaN outside. @example normalIsf(0.025) // 1.959963984540054 */
export function normalIsf(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p > 0.3 && p < 0.7) return centralIsf(0.5 - p);
  return p > 0.5 ? -normalIsfLn(Math.log1p(-p)) : normalIsfLn(Math.log(p));
}

/** z with P(0 < Z < z) = d, for small d: 0.5 − p is exact where p is near a half. */
function centralIsf(d: number): number {
  let z = 0;
  for (let i = 0; i < 20; i++) {
    const step = (d - 0.5 * erfNearZero(z / Math.SQRT2)) / normalPdf(z);
    z += step;
    if (Math.abs(step) <= 1e-16 * Math.abs(z)) break;
  }
  return z;
}

/** z with P(Z ≤ z) = p. @example normalQuantile(0.975) // 1.959963984540054 */
export function normalQuantile(p: number): number {
  return -normalIsf(p);
}

/**
 * z with ln P(Z > z) = lnP, for tails below the smallest double. Newton on the log tail, which is nearly a parabola.
 * @example normalIsfLn(-5005.524208694205) // 100
 */
export function normalIsfLn(lnP: number): number {
  if (lnP === 0) return Number.NEGATIVE_INFINITY;
  if (lnP === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (lnP > -Math.LN2) return -normalIsfLn(Math.log(-Math.expm1(lnP)));
  let z = Math.sqrt(-2 * lnP);
  for (let i = 0; i < 30; i++) {
    const ln = normalLnSf(z);
    const hazard = Math.exp(-0.5 * z * z - HALF_LN_2PI - ln);
    const step = (ln - lnP) / hazard;
    z += step;
    if (Math.abs(step) <= 1e-15 * Math.abs(z)) break;
  }
  return z;
}
