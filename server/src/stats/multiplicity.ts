import { normalCdf, normalIsf, normalPdf, normalSf } from './distributions/normal.ts';
import { integrate } from './quadrature.ts';
import type { Bounds } from './proportions.ts';

/** Adjusted p-values in the order given; null (undefined tests) stay null and do not count. */
export type PValues = readonly (number | null)[];

/** @example bonferroni([0.01, null, 0.04]) // [0.02, null, 0.08] */
export function bonferroni(p: PValues): PValues {
  return adjust(p, (sorted) => sorted.map((x) => Math.min(1, x * sorted.length)));
}

/** Family-wise error, any dependence. Holm (1979). @example holm([0.01, null, 0.04]) // [0.02, null, 0.04] */
export function holm(p: PValues): PValues {
  return adjust(p, (sorted) => runningMax(sorted.map((x, i) => x * (sorted.length - i))));
}

/** Family-wise error under independence. Hochberg (1988). @example hochberg([0.01, 0.04]) // [0.02, 0.04] */
export function hochberg(p: PValues): PValues {
  return adjust(p, (sorted) => runningMin(sorted.map((x, i) => x * (sorted.length - i))));
}

/** False discovery rate. Benjamini & Hochberg (1995). @example benjaminiHochberg([0.01, 0.02, 0.9]) // [0.03, 0.03, 0.9] */
export function benjaminiHochberg(p: PValues): PValues {
  return adjust(p, (sorted) => runningMin(sorted.map((x, i) => (x * sorted.length) / (i + 1))));
}

/**
 * False discovery rate under any dependence. Benjamini & Yekutieli (2001).
 * @example benjaminiYekutieli([0.01, 0.02]) // [0.03, 0.03]
 */
export function benjaminiYekutieli(p: PValues): PValues {
  return adjust(p, (sorted) => {
    const m = sorted.length;
    const harmonic = sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
    return runningMin(sorted.map((x, i) => (x * m * harmonic) / (i + 1)));
  });
}

/**
 * Family-wise error, closed Simes test. Hommel (1988), in the form of Wright (1992).
 * @example hommel([0.01, 0.02, 0.03, 0.04, 0.05]) // [0.05, 0.05, 0.05, 0.05, 0.05]
 */
export function hommel(p: PValues): PValues {
  return adjust(p, (sorted) => {
    const n = sorted.length;
    const adjusted = sorted.map(() => Math.min(...sorted.map((x, i) => (n * x) / (i + 1))));
    for (let m = n - 1; m >= 2; m--) {
      const tail = sorted.slice(n - m + 1);
      const least = Math.min(...tail.map((x, i) => (m * x) / (i + 2)));
      const q = sorted.map((x, i) => (i <= n - m ? Math.min(m * x, least) : 0));
      for (let i = 0; i < n; i++)
        adjusted[i] = Math.max(adjusted[i]!, i <= n - m ? q[i]! : q[n - m]!);
    }
    return adjusted.map((x, i) => Math.max(x, sorted[i]!));
  });
}

/** Sorts the defined p-values (stable), adjusts, and puts them back in place, capped at 1. */
function adjust(p: PValues, rule: (sorted: readonly number[]) => readonly number[]): PValues {
  const order = p.flatMap((x, i) => (x === null || Number.isNaN(x) ? [] : [i]));
  order.sort((i, j) => p[i]! - p[j]! || i - j);
  const adjusted = rule(order.map((i) => p[i]!));
  const result: (number | null)[] = p.map(() => null);
  order.forEach((i, rank) => (result[i] = Math.min(1, adjusted[rank]!)));
  return result;
}

function runningMax(values: readonly number[]): readonly number[] {
  let top = 0;
  return values.map((x) => (top = Math.max(top, x)));
}

function runningMin(values: readonly number[]): readonly number[] {
  let least = 1;
  return values
    .toReversed()
    .map((x) => (least = Math.min(least, x)))
    .toReversed();
}

/** The level each of `m` simultaneous two-sided intervals needs. @example bonferroniAlpha(0.05, 10) // 0.005 */
export function bonferroniAlpha(alpha: number, m: number): number {
  return alpha / m;
}

/** estimate ± z·se at two-sided level alpha. @example normalInterval(0.5, 0.2, 0.05) // [0.10800720309198919, 0.8919927969080108] */
export function normalInterval(estimate: number, se: number, alpha: number): Bounds {
  const half = normalIsf(alpha / 2) * se;
  return [estimate - half, estimate + half];
}

export interface Discoveries {
  readonly selected: readonly boolean[];
  /** Level of the interval of each selected one: R·q/m. */
  readonly alphaEach: number;
}

/**
 * Which are discoveries at false discovery rate q, and the level their intervals need. Benjamini & Yekutieli (2005).
 * @example falseCoverageRate([0.001, 0.02, 0.2, 0.8], 0.05) // { selected: [true, true, false, false], alphaEach: 0.025 }
 */
export function falseCoverageRate(p: PValues, q: number): Discoveries {
  const selected = benjaminiHochberg(p).map((x) => x !== null && x <= q);
  const m = p.filter((x) => x !== null).length;
  return { selected, alphaEach: m > 0 ? (selected.filter(Boolean).length * q) / m : 0 };
}

/**
 * Critical z of `treatments` comparisons with one control, equal variants, many degrees of freedom. Dunnett (1955).
 * @example dunnettCritical(3, 0.05, 2) // 2.34897059
 */
export function dunnettCritical(treatments: number, alpha: number, sides: 1 | 2): number {
  let low = 0;
  let high = normalIsf(alpha / sides / treatments) + 1e-9;
  for (let i = 0; i < 200 && high - low > 1e-14; i++) {
    const middle = (low + high) / 2;
    if (dunnettTail(middle, treatments, sides) > alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(the largest of the `treatments` statistics exceeds c): the Dunnett-adjusted p-value of a statistic c.
 * Conditional on the control the comparisons are independent, so one integral suffices.
 * @example dunnettTail(2.34897059, 3, 2) // 0.05000000004
 */
export function dunnettTail(c: number, treatments: number, sides: 1 | 2): number {
  const reach = c * Math.SQRT2;
  return integrate(
    (x) => {
      const out = sides === 2 ? normalSf(reach + x) + normalCdf(x - reach) : normalSf(reach + x);
      return -normalPdf(x) * Math.expm1(treatments * Math.log1p(-out));
    },
    [-12, 12],
    48,
  );
}

/**
 * Discoveries at false discovery rate q from e-values, under any dependence: the k largest with k·e₍k₎ ≥ m/q.
 * Wang & Ramdas (2022). @example eBenjaminiHochberg([100, 3, 0.5, 40], 0.05) // [true, false, false, true]
 */
export function eBenjaminiHochberg(e: readonly number[], q: number): readonly boolean[] {
  const sorted = e.toSorted((a, b) => b - a);
  const threshold = sorted.findLast((x, i) => (i + 1) * x >= e.length / q);
  return e.map((x) => threshold !== undefined && x >= threshold);
}
