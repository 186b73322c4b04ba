import { compare } from '../stats/compare.ts';
import type { Comparison, Interval } from '../stats/comparison.ts';
import type { Figures } from './figures.ts';
import { methodOf, prior, type Inference } from './inference.ts';

export interface FigurePair {
  readonly control: Figures;
  readonly treatment: Figures;
}

/** One comparison by the readout's method, at a two-sided level. */
export function estimate(pair: FigurePair, inference: Inference, alpha: number): Comparison {
  return compare(momentPair(pair), { alpha, method: methodOf(inference) });
}

/** The 50 % and 80 % intervals that the graded bar draws inside the main one; null without a lift. */
export function innerIntervals(
  pair: FigurePair,
  inference: Inference,
): { p50: Interval; p80: Interval } | null {
  const p50 = estimate(pair, inference, 0.5).relative;
  const p80 = estimate(pair, inference, 0.2).relative;
  return p50 === null || p80 === null ? null : { p50, p80 };
}

/** Chance that the treatment is better, the relative lift lost on average by shipping it, and the lift to expect. */
export interface Belief {
  readonly probabilityBetter: number | null;
  readonly expectedLoss: number | null;
  readonly shrunk: Interval | null;
}

/** The Bayesian view of the same figures, whatever the method: for reading, never for deciding when to stop. */
export function belief(pair: FigurePair, direction: 'up' | 'down'): Belief {
  const seen = compare(momentPair(pair), { alpha: 0.05, method: { kind: 'bayesian', prior } });
  const probability = seen.probabilityBetter ?? null;
  const loss = seen.expectedLoss ?? null;
  const shrunk = probability === null ? null : seen.relative;
  if (direction === 'up' || probability === null || loss === null)
    return { probabilityBetter: probability, expectedLoss: loss, shrunk };
  // E[r⁺] = E[r] + E[r⁻]: where lower is better, what is lost is the rise.
  const lift = shrunk?.estimate ?? null;
  return {
    probabilityBetter: 1 - probability,
    expectedLoss: lift === null ? null : Math.max(0, lift + loss),
    shrunk,
  };
}

export function momentPair({ control, treatment }: FigurePair): Parameters<typeof compare>[0] {
  return { shape: treatment.shape, control: control.moments, treatment: treatment.moments };
}
