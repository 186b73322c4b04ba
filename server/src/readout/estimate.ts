import { compare } from '../stats/compare.ts';
import type { Comparison, Interval } from '../stats/comparison.ts';
import { normalIsf, normalSf } from '../stats/distributions/normal.ts';
import type { Figures } from './figures.ts';
import { methodOf, prior, type Design, type Inference } from './inference.ts';

export interface FigurePair {
  readonly control: Figures;
  readonly treatment: Figures;
  /** Where group sequential tests stand; others have none. */
  readonly design?: Design;
}

/** One comparison by the readout's method, at a two-sided level. */
export function estimate(pair: FigurePair, inference: Inference, alpha: number): Comparison {
  return compare(momentPair(pair), { alpha, method: methodOf(inference, pair.design) });
}

/**
 * The 50 % and 80 % intervals that the graded bar draws inside the main one; null without a lift. By the same method,
 * except under a group sequential design, where they are the main one scaled: its bounds belong to one level.
 */
export function innerIntervals(
  pair: FigurePair,
  inference: Inference,
  { comparison, level }: { readonly comparison: Comparison; readonly level: number },
): { p50: Interval; p80: Interval } | null {
  const scale = pair.design === undefined ? null : scaleOf(comparison, level);
  const at = (alpha: number): Interval | null =>
    scale === null
      ? estimate(pair, inference, alpha).relative
      : compare(momentPair(pair), { alpha: 2 * normalSf(scale * normalIsf(alpha / 2)) }).relative;
  const p50 = at(0.5);
  const p80 = at(0.2);
  return p50 === null || p80 === null ? null : { p50, p80 };
}

/** How much farther an interval reaches than a fixed one at the same level. */
function scaleOf({ absolute, standardError }: Comparison, level: number): number | null {
  const { low, high } = absolute;
  if (low === null || high === null || standardError === null) return null;
  return (high - low) / 2 / standardError / normalIsf((1 - level) / 2);
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
