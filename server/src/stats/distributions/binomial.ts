import { betaCdf, betaTails } from './beta.ts';
import { deviance, stirlingError } from './gamma.ts';

const HALF_LN_2PI = 0.9189385332046727;

/** ln P(Binomial(n, p) = k). Loader (2000). @example binomialLnPmf(1, 2, 0.5) // -0.6931471805599453 */
export function binomialLnPmf(k: number, n: number, p: number): number {
  return binomialLnPmfOf({ k, n, p, q: 1 - p });
}

/**
 * The same with q = 1 − p given apart, exact where p is near 1.
 * @example binomialLnPmfOf({ k: 1, n: 2, p: 0.5, q: 0.5 }) // -0.6931471806
 */
export function binomialLnPmfOf(at: {
  readonly k: number;
  readonly n: number;
  readonly p: number;
  readonly q: number;
}): number {
  const { k, n, p, q } = at;
  if (k === 0) return n === 0 ? 0 : n * Math.log(q);
  if (k === n) return n * Math.log(p);
  const rest = n - k;
  return (
    0.5 * Math.log(n / (k * rest)) -
    HALF_LN_2PI +
    stirlingError(n) -
    stirlingError(k) -
    stirlingError(rest) -
    deviance(k, n * p, k - n * p) -
    deviance(rest, n * q, rest - n * q)
  );
}

/** P(Binomial(n, p) ≥ k). @example binomialSfGe(19, 23, 0.5) // 0.0012997388839721684 */
export function binomialSfGe(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  return k > n ? 0 : betaCdf(p, k, n - k + 1);
}

/** ln P(Binomial(n, p) ≥ k). @example binomialLnSfGe(1, 2, 0.5) // -0.2876820724517809 */
export function binomialLnSfGe(k: number, n: number, p: number): number {
  if (k <= 0) return 0;
  return k > n ? Number.NEGATIVE_INFINITY : betaTails(k, n - k + 1, p, 1 - p).lnLower;
}
