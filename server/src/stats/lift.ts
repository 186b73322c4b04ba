import type { Interval, Note } from './comparison.ts';
import type { Estimates } from './estimates.ts';

/** How many standard errors the interval reaches below and above; Infinity leaves a side open. */
export interface Reach {
  readonly below: number;
  readonly above: number;
}

export interface Lift {
  readonly interval: Interval | null;
  readonly note?: Note;
}

/** Everything in units of the control's value, so that neither large nor small money overflows. */
interface Scaled {
  readonly lift: number;
  readonly v11: number;
  readonly v22: number;
  readonly v12: number;
}

function scaled(e: Estimates): Scaled {
  return {
    lift: (e.treatment - e.control) / e.control,
    v11: e.varianceControl / e.control / e.control,
    v22: e.varianceTreatment / e.control / e.control,
    v12: e.covariance / e.control / e.control,
  };
}

/**
 * Relative lift treatment / control − 1 with Fieller's interval. It leaves 0 out exactly when the difference lies more
 * than `reach` standard errors from 0; null where the control is itself within `reach` of 0 (unbounded). Fieller (1954).
 * The roots of ((1 − c²v₁₁)r² − 2(d + c²(v₁₁ − v₁₂))r + d² − c²(v₁₁ + v₂₂ − 2v₁₂)), d the lift: solved in r itself, not in
 * 1 + r, so that small lifts keep their digits.
 * @example fiellerLift({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, { below: 1.96, above: 1.96 }).interval // { estimate: 0.1, low: 0.04013953039, high: 0.1632462804 }
 */
export function fiellerLift(e: Estimates, reach: Reach): Lift {
  if (e.control === 0) return { interval: null, note: 'zero_baseline' };
  const s = scaled(e);
  const worst = Math.max(finite(reach.below), finite(reach.above));
  if (!(worst * worst * s.v11 < 1)) return { interval: null, note: 'noisy_baseline' };
  return {
    interval: {
      estimate: s.lift,
      low: Number.isFinite(reach.below) ? fiellerRoot(s, reach.below, -1) : null,
      high: Number.isFinite(reach.above) ? fiellerRoot(s, reach.above, 1) : null,
    },
  };
}

function fiellerRoot(s: Scaled, c: number, side: 1 | -1): number {
  const c2 = c * c;
  const ratio = 1 + s.lift;
  const a = 1 - c2 * s.v11;
  const middle = s.lift + c2 * (s.v11 - s.v12);
  const constant = s.lift * s.lift - c2 * (s.v11 + s.v22 - 2 * s.v12);
  const spread =
    s.v22 + ratio * ratio * s.v11 - 2 * ratio * s.v12 - c2 * (s.v11 * s.v22 - s.v12 * s.v12);
  const root = c * Math.sqrt(Math.max(0, spread));
  // The root on the same side as the middle adds; the other comes from the product, free of cancellation.
  const sameSide = middle >= 0 ? 1 : -1;
  const outer = middle + sameSide * root;
  if (side === sameSide) return outer / a;
  return outer === 0 ? 0 : constant / outer;
}

/**
 * Relative lift with the delta-method interval, symmetric around the estimate.
 * @example deltaLift({ control: 10, treatment: 11, varianceControl: 1, varianceTreatment: 1, covariance: 0, df: Infinity }, { below: 0, above: 0 }).interval // { estimate: 0.1, low: 0.1, high: 0.1 }
 */
export function deltaLift(e: Estimates, reach: Reach): Lift {
  if (e.control === 0) return { interval: null, note: 'zero_baseline' };
  const { lift } = scaled(e);
  const se = liftStandardError(e);
  return {
    interval: {
      estimate: lift,
      low: bound(lift - reach.below * se),
      high: bound(lift + reach.above * se),
    },
  };
}

/**
 * Delta-method standard error of treatment / control.
 * @example liftStandardError({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }) // 0.03136877428
 */
export function liftStandardError(e: Estimates): number {
  const { lift, v11, v22, v12 } = scaled(e);
  const ratio = 1 + lift;
  return Math.sqrt(Math.max(0, v22 + ratio * ratio * v11 - 2 * ratio * v12));
}

/**
 * Relative lift with the interval made on the log scale; needs both values of one sign.
 * @example logLift({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, { below: 1.96, above: 1.96 }).interval // { estimate: 0.1, low: 0.04020387484, high: 0.1632335057 }
 */
export function logLift(e: Estimates, reach: Reach): Lift {
  if (e.control === 0) return { interval: null, note: 'zero_baseline' };
  const { lift, v11, v22, v12 } = scaled(e);
  const ratio = 1 + lift;
  if (!(ratio > 0)) return { interval: null, note: 'non_positive_values' };
  const se = Math.sqrt(Math.max(0, v22 / (ratio * ratio) + v11 - (2 * v12) / ratio));
  const at = (log: number): number => Math.expm1(Math.log1p(lift) + log);
  return {
    interval: {
      estimate: lift,
      low: bound(at(-reach.below * se)),
      high: bound(at(reach.above * se)),
    },
  };
}

function finite(c: number): number {
  return Number.isFinite(c) ? c : 0;
}

function bound(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
