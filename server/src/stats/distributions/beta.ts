import { deviance, lnGamma, stirlingError } from './gamma.ts';
import { normalIsf } from './normal.ts';

const LN_SQRT_2PI = 0.9189385332046727;

/** ln B(a, b). @example lnBeta(2, 3) // -2.4849066497880004 */
export function lnBeta(a: number, b: number): number {
  const p = Math.min(a, b);
  const q = Math.max(a, b);
  if (q < 10) return lnGamma(p) + lnGamma(q) - lnGamma(p + q);
  const errors = stirlingError(q) - stirlingError(p + q);
  if (p < 10) return lnGamma(p) + errors + p - p * Math.log(p + q) - (q - 0.5) * Math.log1p(p / q);
  return (
    LN_SQRT_2PI -
    0.5 * Math.log(q) +
    (p - 0.5) * Math.log(p / (p + q)) -
    q * Math.log1p(p / q) +
    errors +
    stirlingError(p)
  );
}

/**
 * ln of x^a y^b / B(a, b), y = 1 − x given apart so that neither tail loses digits. Loader (2000).
 * @example lnBetaDensity(2, 3, 0.5, 0.5) // -0.980829253
 */
export function lnBetaDensity(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const d = excess(a, b, x, y);
  return (
    0.5 * (Math.log(a) + Math.log(b / n)) -
    LN_SQRT_2PI +
    (stirlingError(n) - stirlingError(a) - stirlingError(b)) -
    deviance(a, n * x, d) -
    deviance(b, n * y, -d)
  );
}

/** a·y − b·x = a − (a + b)·x, sum and product exact (Dekker 1971): at large shapes their rounding would dominate. */
function excess(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const lost = a - (n - (n - a)) + (b - (n - a));
  return x <= y ? -productMinus(n, x, a) - lost * x : productMinus(n, y, b) + lost * y;
}

/** p·q − r with the rounding of the product given back. */
function productMinus(p: number, q: number, r: number): number {
  const product = p * q;
  const [p1, p2] = halves(p);
  const [q1, q2] = halves(q);
  return product - r + (p1 * q1 - product + p1 * q2 + p2 * q1 + p2 * q2);
}

function halves(value: number): readonly [number, number] {
  const c = 134217729 * value;
  const high = c - (c - value);
  return [high, value - high];
}

interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly lnLower: number;
  readonly lnUpper: number;
}

/**
 * I_x(a, b) and its complement, with logs: the fraction of DiDonato & Morris (1992) on the side of x away from the mean.
 * `y` is 1 − x.
 * @example betaTails(2, 3, 0.5, 0.5).lower // 0.6875
 */
export function betaTails(a: number, b: number, x: number, y: number): Tails {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return constant(Number.NaN);
  if (x <= 0) return { lower: 0, upper: 1, lnLower: Number.NEGATIVE_INFINITY, lnUpper: 0 };
  if (y <= 0) return { lower: 1, upper: 0, lnLower: 0, lnUpper: Number.NEGATIVE_INFINITY };
  const lnFront = lnBetaDensity(a, b, x, y);
  if (a * y >= b * x) {
    const lnLower = lnFront + Math.log(fraction(a, b, x, y));
    const lower = Math.exp(lnLower);
    return { lower, upper: 1 - lower, lnLower, lnUpper: Math.log1p(-lower) };
  }
  const lnUpper = lnFront + Math.log(fraction(b, a, y, x));
  const upper = Math.exp(lnUpper);
  return { lower: 1 - upper, upper, lnLower: Math.log1p(-upper), lnUpper };
}

function constant(value: number): Tails {
  return { lower: value, upper: value, lnLower: value, lnUpper: value };
}

/** BFRAC of TOMS 708 (DiDonato & Morris 1992), without its leading factor. */
function fraction(a: number, b: number, x: number, y: number): number {
  const lambda = excess(a, b, x, y);
  const c = 1 + lambda;
  const c0 = b / a;
  const c1 = 1 + 1 / a;
  const yp1 = y + 1;
  let p = 1;
  let s = a + 1;
  let an = 0;
  let bn = 1;
  let anp1 = 1;
  let bnp1 = c / c1;
  let r = c1 / c;
  for (let n = 1; n < 1e6; n++) {
    const t = n / a;
    const w = n * (b - n) * x;
    let e = a / s;
    const alpha = p * (p + c0) * e * e * (w * x);
    e = (1 + t) / (c1 + t + t);
    const beta = n + w / s + e * (c + n * yp1);
    p = 1 + t;
    s += 2;
    [an, anp1] = [anp1, alpha * an + beta * anp1];
    [bn, bnp1] = [bnp1, alpha * bn + beta * bnp1];
    const before = r;
    r = anp1 / bnp1;
    if (Math.abs(r - before) <= 1e-16 * r) break;
    an /= bnp1;
    bn /= bnp1;
    anp1 = r;
    bnp1 = 1;
  }
  return r;
}

/** P(Beta(a, b) ≤ x). @example betaCdf(0.5, 2, 3) // 0.6875 */
export function betaCdf(x: number, a: number, b: number): number {
  return betaTails(a, b, x, 1 - x).lower;
}

/** P(Beta(a, b) > x). @example betaSf(0.5, 2, 3) // 0.3125 */
export function betaSf(x: number, a: number, b: number): number {
  return betaTails(a, b, x, 1 - x).upper;
}

/** x with P(Beta(a, b) ≤ x) = p. @example betaQuantile(0.5, 2, 3) // 0.38572756813238945 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0 && b > 0)) return Number.NaN;
  if (p === 0 || p === 1) return p;
  const [x, y] = solve(p, a, b);
  return x < y ? x : 1 - y;
}

/** Newton in the logit of x on the log of the smaller tail; keeps both x and 1 − x exact. */
function solve(p: number, a: number, b: number): readonly [number, number] {
  const lowerSide = p < 0.5;
  const target = Math.log(lowerSide ? p : 1 - p);
  let logit = startLogit(p, a, b);
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let x = 0.5;
  let y = 0.5;
  for (let i = 0; i < 200; i++) {
    x = 1 / (1 + Math.exp(-logit));
    y = 1 / (1 + Math.exp(logit));
    const tails = betaTails(a, b, x, y);
    const ln = lowerSide ? tails.lnLower : tails.lnUpper;
    const above = lowerSide ? ln > target : ln < target;
    if (above) high = logit;
    else low = logit;
    const slope = Math.exp(lnBetaDensity(a, b, x, y) - ln) * (lowerSide ? 1 : -1);
    let next = logit + Math.max(-4, Math.min(4, (target - ln) / slope));
    if (!(next > low && next < high) && Number.isFinite(low) && Number.isFinite(high))
      next = (low + high) / 2;
    const step = next - logit;
    logit = next;
    if (Math.abs(step) <= 2e-16 * Math.max(1, Math.abs(logit))) break;
  }
  return [x, y];
}

function startLogit(p: number, a: number, b: number): number {
  // Power-law ends for small shapes, otherwise a normal approximation of the logit.
  const lnB = lnBeta(a, b);
  const lowEnd = (Math.log(p) + Math.log(a) + lnB) / a;
  const highEnd = (Math.log1p(-p) + Math.log(b) + lnB) / b;
  if (a < 1.5 && lowEnd < -1.5) return lowEnd;
  if (b < 1.5 && highEnd < -1.5) return -highEnd;
  return Math.log(a / b) - normalIsf(p) * Math.sqrt(1 / a + 1 / b);
}
