import { normalIsf, normalSf } from './distributions/normal.ts';

/** How a group sequential design spends its one-sided level over information time. */
export type Spending =
  /** Little early, nearly all at the end: a win must be beyond doubt to stop early. */
  | { readonly kind: 'obrienFleming' }
  /** Evenly: harm is stopped as soon as it shows. */
  | { readonly kind: 'pocock' }
  /** α·t^ρ. */
  | { readonly kind: 'power'; readonly rho: number };

/**
 * Level spent by information time t (0 to 1) of the one-sided level alpha. Lan & DeMets (1983); power: Kim & DeMets (1987).
 * @example spent({ kind: 'obrienFleming' }, 0.5, 0.025) // 0.0015253227579889112
 */
export function spent(spending: Spending, t: number, alpha: number): number {
  if (t >= 1) return alpha;
  if (spending.kind === 'obrienFleming') return 2 * normalSf(normalIsf(alpha / 2) / Math.sqrt(t));
  if (spending.kind === 'pocock') return alpha * Math.log1p((Math.E - 1) * t);
  return alpha * t ** spending.rho;
}
