import { betaTails } from './beta.ts';
import { normalIsf, normalLnSf, normalSf } from './normal.ts';
import { stirlingError } from './gamma.ts';

const HALF_LN_2PI = 0.9189385332046727;
/** Beyond this many degrees of freedom t and z agree to the last digit. */
const NORMAL_FROM = 1e15;
/** Beyond this the tail is a pure power law, and t² would overflow. */
const POWER_LAW_FROM = 1e150;

/** P(T > t) with `df` degrees of freedom (any real above 0). @example studentSf(2, 10) // 0.03669401738537018 */
export function studentSf(t: number, df: number): number {
  if (df > NORMAL_FROM) return normalSf(t);
  const tail = Math.exp(lnTail(Math.abs(t), df));
  return t >= 0 ? tail : 1 - tail;
}

/** P(T ≤ t). @example studentCdf(-2, 10) // 0.03669401738537018 */
export function studentCdf(t: number, df: number): number {
  return studentSf(-t, df);
}

/** ln P(T > t), finite for every finite t. @example studentLnSf(37, 100000) // -684.3807148 */
export function studentLnSf(t: number, df: number): number {
  if (df > NORMAL_FROM) return normalLnSf(t);
  return t >= 0 ? lnTail(t, df) : Math.log1p(-Math.exp(lnTail(-t, df)));
}

/** ln of ½ I_x(df/2, ½) at x = df / (df + t²). */
function lnTail(t: number, df: number): number {
  if (t === 0) return -Math.LN2;
  if (t === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  if (t > POWER_LAW_FROM) return lnPowerLaw(df) - df * Math.log(t);
  const ratio = (t / df) * t;
  const x = 1 / (1 + ratio);
  const y = ratio < 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio);
  return betaTails(df / 2, 0.5, x, y).lnLower - Math.LN2;
}

/** ln of c in P(T > t) → c t^(−df), the far tail. */
function lnPowerLaw(df: number): number {
  return lnPdf(0, df) + 0.5 * (df - 1) * Math.log(df);
}

/** ln of Student's density. */
function lnPdf(t: number, df: number): number {
  return (
    stirlingError((df + 1) / 2) -
    stirlingError(df / 2) +
    0.5 * df * Math.log1p(1 / df) -
    0.5 -
    HALF_LN_2PI -
    0.5 * (df + 1) * Math.log1p((t / df) * t)
  );
}

/** Density of Student's t. @example studentPdf(0, 1) // 0.3183098861837907 */
export function studentPdf(t: number, df: number): number {
  return Math.exp(lnPdf(t, df));
}

/**
 * t with P(T > t) = p. Newton on the log tail in ln t (a power law there), from Hill's start.
 * @example studentIsf(0.025, 10) // 2.228138851964939
 */
export function studentIsf(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentIsf(1 - p, df);
  if (p === 0 || df > NORMAL_FROM) return normalIsf(p);
  const target = Math.log(p);
  let t = start(p, df);
  if (t > POWER_LAW_FROM) return t;
  for (let i = 0; i < 100; i++) {
    const ln = studentLnSf(t, df);
    const slope = -t * Math.exp(lnPdf(t, df) - ln);
    const step = Math.max(-2, Math.min(2, (target - ln) / slope));
    t *= Math.exp(step);
    if (Math.abs(step) < 4e-16) break;
  }
  return t;
}

function start(p: number, df: number): number {
  const z = normalIsf(p);
  // Exact inversion of the power-law tail when few degrees of freedom make it heavy.
  if (df < 3 || z > Math.sqrt(df)) {
    return Math.exp((lnPowerLaw(df) - Math.log(p)) / df);
  }
  return z * (1 + (z * z + 1) / (4 * df));
}
