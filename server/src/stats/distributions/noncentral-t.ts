import { lnGammaDensity } from './gamma.ts';
import { normalSf } from './normal.ts';
import { integrate } from '../quadrature.ts';

/**
 * P(T > t) for noncentral t with `df` degrees of freedom and noncentrality `delta`: the normal tail averaged over the
 * distribution of the sample deviation, E Φ̄(t·s − δ), s = √(χ²_df/df).
 * @example noncentralStudentSf(2, 10, 0) // 0.03669401738537018
 */
export function noncentralStudentSf(t: number, df: number, delta: number): number {
  const sd = 1 / Math.sqrt(2 * df);
  const low = Math.max(0, 1 - 12 * sd);
  const density = (s: number): number =>
    s > 0 ? (2 / s) * Math.exp(lnGammaDensity(df / 2, (df * s * s) / 2)) : 0;
  return integrate((s) => density(s) * normalSf(t * s - delta), [low, 1 + 14 * sd], 48);
}
