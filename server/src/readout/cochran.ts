import { chiSquareSf } from '../stats/distributions/gamma.ts';

export interface Effect {
  readonly effect: number;
  readonly standardError: number;
}

/**
 * Cochran's Q: do the effects differ between slices by more than chance? Q = Σ w (Δ − Δ̄)², w = 1 / SE²,
 * χ² with k − 1 degrees of freedom. Fewer than two slices: Q is 0 with df 0 and no p-value.
 * @example cochranQ([{ effect: 1, standardError: 1 }, { effect: 3, standardError: 1 }]) // { q: 2, df: 1, pValue: 0.157299… }
 */
export function cochranQ(effects: readonly Effect[]): {
  q: number | null;
  df: number;
  pValue: number | null;
} {
  const usable = effects.filter((e) => e.standardError > 0);
  const df = Math.max(0, usable.length - 1);
  if (df === 0) return { q: null, df, pValue: null };
  const weight = usable.reduce((sum, e) => sum + 1 / e.standardError ** 2, 0);
  const mean = usable.reduce((sum, e) => sum + e.effect / e.standardError ** 2, 0) / weight;
  const q = usable.reduce((sum, e) => sum + ((e.effect - mean) / e.standardError) ** 2, 0);
  return Number.isFinite(q) ? { q, df, pValue: chiSquareSf(q, df) } : { q: null, df, pValue: null };
}
