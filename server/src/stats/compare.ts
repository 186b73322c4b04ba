import type { CompareOptions, Comparison } from './comparison.ts';
import type { Moments } from './moments.ts';

/**
 * What a metric kind comes down to. proportion, retention (matured units only): `proportion`, columns `[y]` or `[y, x]`;
 * mean, count: `mean`, columns `[y]` or `[y, x]`; ratio, funnel step: `ratio`, columns `[m, d]` or `[m, d, p, q]`.
 * A covariate column switches the adjustment on.
 */
export type Shape = 'proportion' | 'mean' | 'ratio';

export interface Pair {
  readonly shape: Shape;
  readonly control: Moments;
  readonly treatment: Moments;
}

/** Compares two variants on one metric. */
export function compare(pair: Pair, options: CompareOptions): Comparison {
  throw new Error(`not yet: ${pair.shape} ${options.alpha}`);
}

export interface MarginOptions {
  /** One-sided level, usually 0.05. */
  readonly alpha: number;
  /** Relative non-inferiority margin, above 0: 0.02 allows a 2 % loss. */
  readonly margin: number;
  /** Which way the metric is good. */
  readonly direction: 'up' | 'down';
  readonly method?: CompareOptions['method'];
}

export interface MarginTest {
  /** Whether the treatment is shown to lose less than the margin. Null when undefined. */
  readonly nonInferior: boolean | null;
  /** Whether the treatment is shown to be worse at all (one-sided, no margin). */
  readonly deteriorated: boolean | null;
  /** One-sided p-values of the two tests. */
  readonly pNonInferior: number | null;
  readonly pDeteriorated: number | null;
  /** Least favourable relative lift still compatible with the data at 1 − alpha. */
  readonly worstLift: number | null;
  readonly notes: Comparison['notes'];
}

/** Non-inferiority against a relative margin (Fieller bound) and the test of deterioration, for a guardrail. */
export function compareToMargin(pair: Pair, options: MarginOptions): MarginTest {
  throw new Error(`not yet: ${pair.shape} ${options.alpha}`);
}
