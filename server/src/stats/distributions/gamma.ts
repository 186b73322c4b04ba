const LN_SQRT_2PI = 0.9189385332046727;
const TINY = 1e-300;

// Lanczos, g = 607/128, 15 terms (Godfrey 2001): about 1e-15.
const LANCZOS = [
  57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 1.580887032249125e-4,
  -2.1026444172410488e-4, 2.1743961811521265e-4, -1.643181065367639e-4, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** ln Γ(x), x > 0. @example lnGamma(10) // 12.801827480081469 */
export function lnGamma(x: number): number {
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + LN_SQRT_2PI + stirlingError(x);
  if (x === 1 || x === 2) return 0;
  if (x < 0.5) return lnGamma(x + 1) - Math.log(x);
  let sum = 0.9999999999999971;
  for (let i = 0; i < LANCZOS.length; i++) sum += LANCZOS[i]! / (x + i + 1);
  const t = x + 5.2421875;
  return (x + 0.5) * Math.log(t) - t + Math.log((2.5066282746310007 * sum) / x);
}

/**
 * ln Γ(x) − [(x − ½) ln x − x + ½ ln 2π], what Stirling's formula misses. Loader (2000).
 * @example stirlingError(100) // 0.0008333305556349
 */
export function stirlingError(x: number): number {
  if (x < 10) return lnGamma(x) - ((x - 0.5) * Math.log(x) - x + LN_SQRT_2PI);
  const u = 1 / (x * x);
  return (
    (1 / 12 -
      u *
        (1 / 360 -
          u *
            (1 / 1260 -
              u *
                (1 / 1680 -
                  u * (1 / 1188 - u * (691 / 360360 - u * (1 / 156 - (u * 3617) / 122400))))))) /
    x
  );
}

/**
 * Deviance x ln(x/m) + m − x without cancellation where x ≈ m; d = x − m is given apart, as exactly as the caller can.
 * Loader (2000). @example deviance(3, 3, 0) // 0
 */
export function deviance(x: number, m: number, d: number): number {
  if (Math.abs(d) >= 0.1 * (x + m)) return x * Math.log(x / m) - d;
  const v = d / (x + m);
  let sum = d * v;
  let term = 2 * x * v;
  // Terms fall by v² ≤ 1/100 each.
  for (let j = 3; j < 40; j += 2) {
    term *= v * v;
    const next = sum + term / j;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

interface Tails {
  readonly lower: number;
  readonly upper: number;
  readonly lnUpper: number;
}

/** Lower and upper regularised incomplete gamma, P(a, x) and Q(a, x): a series below the mean, Lentz's fraction above. */
function gammaTails(a: number, x: number): Tails {
  if (!(a > 0) || Number.isNaN(x))
    return { lower: Number.NaN, upper: Number.NaN, lnUpper: Number.NaN };
  if (x <= 0) return { lower: 0, upper: 1, lnUpper: 0 };
  if (x === Number.POSITIVE_INFINITY)
    return { lower: 1, upper: 0, lnUpper: Number.NEGATIVE_INFINITY };
  const lnFront = lnGammaDensity(a, x);
  if (x < a + 1) {
    const lower = Math.exp(lnFront) * seriesOverX(a, x);
    return { lower, upper: 1 - lower, lnUpper: Math.log1p(-lower) };
  }
  const lnUpper = lnFront + Math.log(fraction(a, x));
  const upper = Math.exp(lnUpper);
  return { lower: 1 - upper, upper, lnUpper };
}

/**
 * ln of x^a e^(−x) / Γ(a), by Loader's saddle point form.
 * @example lnGammaDensity(1, 2) // -1.306852819
 */
export function lnGammaDensity(a: number, x: number): number {
  return 0.5 * Math.log(a) - LN_SQRT_2PI - stirlingError(a) - deviance(a, x, a - x);
}

/** Σ x^k / (a (a+1) … (a+k)). */
function seriesOverX(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; term > sum * 1e-17 && k < 1e6; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

/** Q(a, x) Γ(a) e^x x^(−a) by the continued fraction, modified Lentz. */
function fraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 1e6; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b || TINY);
    c = b + an / c || TINY;
    const step = c * d;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}

/** P(Gamma(a, 1) ≤ x). @example gammaCdf(2, 1) // 0.2642411176571153 */
export function gammaCdf(a: number, x: number): number {
  return gammaTails(a, x).lower;
}

/** P(Gamma(a, 1) > x). @example gammaSf(2, 1) // 0.7357588823428847 */
export function gammaSf(a: number, x: number): number {
  return gammaTails(a, x).upper;
}

/** P(χ²_df > x), full relative accuracy in the upper tail. @example chiSquareSf(3.841458820694124, 1) // 0.05 */
export function chiSquareSf(x: number, df: number): number {
  return gammaSf(df / 2, x / 2);
}

/** ln P(χ²_df > x), finite for every finite x. @example chiSquareLnSf(2000, 2) // -1000 */
export function chiSquareLnSf(x: number, df: number): number {
  return gammaTails(df / 2, x / 2).lnUpper;
}

/** x with P(χ²_df > x) = p. @example chiSquareIsf(0.05, 1) // 3.841458820694124 */
export function chiSquareIsf(p: number, df: number): number {
  return 2 * gammaIsf(p, df / 2);
}

/**
 * x with P(Gamma(a, 1) > x) = p: Newton on the log of the smaller tail, in ln x, from Wilson & Hilferty (1931).
 * @example gammaIsf(0.05, 0.5) // 1.920729410347062
 */
export function gammaIsf(p: number, a: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0)) return Number.NaN;
  if (p === 0) return Number.POSITIVE_INFINITY;
  if (p === 1) return 0;
  const upper = p < 0.5;
  const target = Math.log(upper ? p : 1 - p);
  let x = startGamma(p, a);
  for (let i = 0; i < 60; i++) {
    const { lower, lnUpper } = gammaTails(a, x);
    const ln = upper ? lnUpper : Math.log(lower);
    const slope = Math.exp(lnGammaDensity(a, x) - ln) * (upper ? -1 : 1);
    const step = Math.max(-2, Math.min(2, (target - ln) / slope));
    x *= Math.exp(step);
    if (Math.abs(step) < 4e-16) break;
  }
  return x;
}

function startGamma(p: number, a: number): number {
  // Far below the mean the density is a power law; elsewhere the cube root is nearly normal.
  const small = Math.exp((Math.log1p(-p) + lnGamma(a + 1)) / a);
  if (small < 0.2 * a) return Math.max(small, 1e-300);
  const z = approximateNormalIsf(p);
  const c = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  return c > 0.1 ? a * c * c * c : Math.max(small, 1e-300);
}

/** Rough normal upper quantile (Abramowitz & Stegun 26.2.23), good enough to start Newton. */
function approximateNormalIsf(p: number): number {
  const tail = Math.min(p, 1 - p);
  const t = Math.sqrt(-2 * Math.log(tail));
  const z =
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? z : -z;
}
