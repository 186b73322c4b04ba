import { judgeEstimates, type Pair, reduce } from './compare.ts';
import type { Alternative, Comparison, Method, Note } from './comparison.ts';
import type { Estimates } from './estimates.ts';

export interface MarginOptions {
  /** One-sided level, usually 0.05. */
  readonly alpha: number;
  /** Relative non-inferiority margin, above 0: 0.02 allows a 2 % loss. */
  readonly margin: number;
  /** Which way the metric is good. */
  readonly direction: 'up' | 'down';
  readonly method?: Method;
}

export interface MarginTest {
  /** Whether the treatment is shown to lose less than the margin; null when undefined. */
  readonly nonInferior: boolean | null;
  readonly pNonInferior: number | null;
  /** Whether the treatment is shown to be worse at all (one-sided, no margin). */
  readonly deteriorated: boolean | null;
  readonly pDeteriorated: number | null;
  /** Least favourable relative lift still compatible with the data: the bound that the margin is held against. */
  readonly worstLift: number | null;
  readonly notes: readonly Note[];
}

/**
 * A guardrail's two tests: non-inferiority against a relative margin (the control's own noise counted: Fieller's bound
 * beyond −margin), and deterioration. Schultzberg, Ankargren & Frånberg (2024).
 * @example compareToMargin({ shape: 'mean', control: { n: 10000, mean: [10], comoment: [250000] }, treatment: { n: 10000, mean: [10], comoment: [250000] } }, { alpha: 0.05, margin: 0.02, direction: 'up' }) // { nonInferior: true, pNonInferior: 0.002142500114, deteriorated: false, pDeteriorated: 0.5, worstLift: -0.011564926, notes: [] }
 */
export function compareToMargin(pair: Pair, options: MarginOptions): MarginTest {
  const { direction, margin, alpha } = options;
  const reduced = reduce(pair);
  const better: Alternative = direction === 'up' ? 'greater' : 'less';
  const worse: Alternative = direction === 'up' ? 'less' : 'greater';
  const against = (estimates: Estimates, alternative: Alternative): Comparison =>
    judgeEstimates(pair, { ...reduced, estimates }, { ...options, alternative });
  const bound = against(reduced.estimates, better);
  const harm = against(reduced.estimates, worse);
  const room = direction === 'up' ? -margin : margin;
  const noninferiority =
    reduced.estimates.control === 0
      ? null
      : against(movedControl(reduced.estimates, room), better).pValue;
  const worstLift = (direction === 'up' ? bound.relative?.low : bound.relative?.high) ?? null;
  return {
    nonInferior: noninferiority === null ? null : noninferiority <= alpha,
    pNonInferior: noninferiority,
    deteriorated: harm.pValue === null ? null : harm.pValue <= alpha,
    pDeteriorated: harm.pValue,
    worstLift,
    notes: [...bound.notes, ...reduced.notes],
  };
}

/**
 * The control multiplied by 1 + share of its own size, as the value that the treatment is tested against.
 * @example movedControl({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, -0.02).control // 9.8
 */
export function movedControl(e: Estimates, share: number): Estimates {
  const factor = 1 + share * Math.sign(e.control);
  return {
    ...e,
    control: e.control * factor,
    varianceControl: e.varianceControl * factor * factor,
    covariance: e.covariance * factor,
  };
}
