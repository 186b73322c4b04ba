import type { Spending } from './spending.ts';

/** Why a number is missing, or what was done to get it. A closed list: texts for people are made elsewhere. */
export type Note =
  // missing numbers
  | 'too_few_units' // fewer than two units in a variant
  | 'zero_variance' // the difference has no standard error
  | 'not_finite' // NaN or infinite input, or a result beyond the range of a double
  | 'invalid_counts' // successes below 0 or above n
  | 'zero_baseline' // control is 0: no relative lift
  | 'zero_denominator' // a ratio metric nobody has a denominator for
  | 'negative_baseline' // the control is below 0: a positive lift then is a fall
  | 'noisy_baseline' // control is not distinguishable from 0: the relative lift is unbounded (Fieller)
  | 'non_positive_values' // a log-scale lift needs both values above 0
  | 'burn_in' // too few units or conversions to show a confidence sequence
  | 'unplanned' // group sequential without a planned size: a confidence sequence was used
  // what was done
  | 'small_counts' // fewer than 10 successes or failures: Newcombe interval, Fisher exact p
  | 'covariate_constant' // the covariate does not vary: unadjusted
  | 'covariate_weak' // the covariate explains less than 0.5 % of the variance: unadjusted
  | 'adjusted_lin' // adjusted by the covariate, a slope per variant
  | 'adjusted_pooled' // adjusted by the covariate, one slope
  | 'planned_end'; // the last look of a group sequential design: all alpha is spent

/** An estimate with its interval; null where undefined, a bound also where it is infinite (one-sided). */
export interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Control against treatment. `absolute` is treatment − control in the metric's own unit, `relative` is
 * treatment / control − 1. Every undefined number is null, with its reason in `notes`; never NaN or infinite.
 */
export interface Comparison {
  /** Values of the two variants as compared (covariate-adjusted where a note says so). */
  readonly control: number | null;
  readonly treatment: number | null;
  readonly absolute: Interval;
  readonly relative: Interval | null;
  readonly pValue: number | null;
  /** log10 of the p-value: finite where the p-value itself underflows. */
  readonly log10PValue: number | null;
  /** z, or Welch's t when `df` is given. */
  readonly statistic: number | null;
  readonly df?: number;
  readonly standardError: number | null;
  /** Bayesian only: P(treatment > control), and the expected loss of shipping it, as relative lift. */
  readonly probabilityBetter?: number | null;
  readonly expectedLoss?: number | null;
  /** Share of the variance removed by the covariate, 0 to 1. */
  readonly varianceReduction?: number;
  readonly notes: readonly Note[];
}

export type Alternative = 'two-sided' | 'greater' | 'less';

/** How a result may be looked at: once, at any time, at planned looks, or as a posterior. */
export type Method =
  | { readonly kind: 'fixed' }
  /**
   * Valid at every look; narrowest when the two variants together have `tunedTo` units (default 5,000). `rho2` sets the
   * tuning itself, `variance` the mixture's (τ², in the squared unit of the difference): then it is the mSPRT.
   */
  | {
      readonly kind: 'confidenceSequence';
      readonly tunedTo?: number;
      readonly rho2?: number;
      readonly variance?: number;
      /** False shows the sequence from the first units on. */
      readonly burnIn?: boolean;
    }
  /** Valid at every look of normal data, also at small n; `phi`: prior precision in units of the residual variance. Two-sided. */
  | { readonly kind: 'anytimeT'; readonly phi: number }
  /**
   * Lan–DeMets. `looks`: information fractions (units so far / planned units) of every look so far, this one last,
   * ascending. The last planned look has `final: true` and spends all alpha, whatever its fraction.
   * `direction` says which side is the win (O'Brien–Fleming spending unless `win` says); harm is stopped early (Pocock
   * spending unless `harm` says).
   */
  | {
      readonly kind: 'groupSequential';
      readonly looks: readonly number[];
      readonly direction: 'up' | 'down';
      readonly final?: boolean;
      readonly win?: Spending;
      readonly harm?: Spending;
    }
  /** Normal prior on the relative lift. */
  | { readonly kind: 'bayesian'; readonly prior: { readonly mean: number; readonly sd: number } };

export interface CompareOptions {
  /** Two-sided level, or the one-sided level when `alternative` is one-sided; 0 < alpha < 1. */
  readonly alpha: number;
  readonly alternative?: Alternative;
  readonly method?: Method;
  readonly lift?: 'fieller' | 'delta' | 'log';
  /** What a covariate is used for; `auto`: a slope per variant from 1,000 units on, none when it explains too little. */
  readonly adjustment?: 'auto' | 'none' | 'pooled' | 'joint' | 'lin';
  /** Looked at once: which p-value; `auto`: Welch's t for means, z for the rest, Fisher's at small counts. */
  readonly test?: 'auto' | 't' | 'z' | 'pooled' | 'fisher';
  /** Looked at once, shares only; `auto`: Wald's, Newcombe's at small counts. */
  readonly interval?: 'auto' | 'wald' | 'newcombe' | 'miettinenNurminen' | 'agrestiCaffo';
}
