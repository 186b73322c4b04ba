import { chiSquareLnSf, chiSquareSf, deviance, stirlingError } from './distributions/gamma.ts';

export interface SampleRatio {
  /** Null with a unit in a variant of weight 0 (the statistic is infinite then), or without any units. */
  readonly chiSquare: number | null;
  readonly df: number;
  readonly pValue: number | null;
  readonly log10PValue: number | null;
  /** p below 0.001: the split is not the planned one, and no verdict should be drawn. */
  readonly suspicious: boolean;
  /** p below 1e-6. */
  readonly severe: boolean;
  /** Units were counted in a variant that should have none. */
  readonly strays: boolean;
}

/**
 * Pearson's χ² of the unit counts against the planned weights. Fabijan et al. (2019).
 * @example sampleRatio([50500, 49500], [1, 1]).pValue // 0.0015654022580025497
 */
export function sampleRatio(counts: readonly number[], weights: readonly number[]): SampleRatio {
  const total = sum(counts);
  const weight = sum(weights);
  const df = weights.filter((w) => w > 0).length - 1;
  if (hasStrays(counts, weights))
    return {
      chiSquare: null,
      df,
      pValue: 0,
      log10PValue: null,
      suspicious: true,
      severe: true,
      strays: true,
    };
  if (!(total > 0) || !Number.isFinite(total) || !Number.isFinite(weight) || df < 1)
    return unknown(df);
  let chiSquare = 0;
  counts.forEach((n, i) => {
    if (!(weights[i]! > 0)) return;
    const expected = (total * weights[i]!) / weight;
    chiSquare += (n - expected) ** 2 / expected;
  });
  const pValue = chiSquareSf(chiSquare, df);
  return {
    chiSquare,
    df,
    pValue,
    log10PValue: chiSquareLnSf(chiSquare, df) / Math.LN10,
    suspicious: pValue < 1e-3,
    severe: pValue < 1e-6,
    strays: false,
  };
}

function hasStrays(counts: readonly number[], weights: readonly number[]): boolean {
  return counts.some((n, i) => n > 0 && !(weights[i]! > 0));
}

function unknown(df: number): SampleRatio {
  return {
    chiSquare: null,
    df: Math.max(0, df),
    pValue: null,
    log10PValue: null,
    suspicious: false,
    severe: false,
    strays: false,
  };
}

/** Prior strengths over which the sequential test averages: weak ones find gross faults early, strong ones tiny ones late. */
export const SRM_CONCENTRATIONS: readonly number[] = [1e2, 1e3, 1e4, 1e5, 1e6];

/**
 * ln of the Bayes factor against the planned split, for counts seen so far: multinomial with a Dirichlet prior of the
 * given concentration. An e-process: 1 / its running maximum is a p-value at every look. Lindon & Malek (2022).
 * On counts of crashes or errors per variant it tests equal intensities of two Poisson streams in the same way.
 * @example srmLnBayesFactor([100, 100], [1, 1], 100) // -0.5509727709
 */
export function srmLnBayesFactor(
  counts: readonly number[],
  weights: readonly number[],
  concentration: number,
): number {
  if (hasStrays(counts, weights)) return Number.POSITIVE_INFINITY;
  const weight = sum(weights);
  const n = sum(counts);
  const all = concentration + n;
  // Stirling's formula taken apart: what is left are deviances from the planned counts, which keep their digits at 1e9 units.
  let ln = 0.5 * Math.log(all / concentration) - stirlingError(all) + stirlingError(concentration);
  counts.forEach((count, i) => {
    const share = weights[i]! / weight;
    if (!(share > 0)) return;
    const before = concentration * share;
    const after = before + count;
    ln +=
      deviance(after, all * share, count - n * share) -
      0.5 * Math.log(after / before) +
      stirlingError(after) -
      stirlingError(before);
  });
  return ln;
}

/**
 * ln of the average Bayes factor over several concentrations (an average of e-processes is one).
 * @example srmLnMixture([900, 1100], [1, 1]) // 6.550950267
 */
export function srmLnMixture(
  counts: readonly number[],
  weights: readonly number[],
  concentrations: readonly number[] = SRM_CONCENTRATIONS,
): number {
  if (hasStrays(counts, weights)) return Number.POSITIVE_INFINITY;
  const lns = concentrations.map((k) => srmLnBayesFactor(counts, weights, k));
  const top = Math.max(...lns);
  return top + Math.log(sum(lns.map((ln) => Math.exp(ln - top))) / lns.length);
}

export interface SrmLook {
  readonly lnBayesFactor: number;
  /** Valid at every look: 1 / the largest Bayes factor so far. */
  readonly pValue: number;
}

/**
 * The sequential test along its looks; each look gives the counts since the look before.
 * @example sequentialSampleRatio([[900, 1100], [900, 1100]], [1, 1])[1]?.pValue // 9.586523768e-8
 */
export function sequentialSampleRatio(
  looks: readonly (readonly number[])[],
  weights: readonly number[],
  concentrations: readonly number[] = SRM_CONCENTRATIONS,
): readonly SrmLook[] {
  const counts = weights.map(() => 0);
  let best = 0;
  return looks.map((look) => {
    look.forEach((n, i) => (counts[i]! += n));
    const lnBayesFactor = srmLnMixture(counts, weights, concentrations);
    best = Math.max(best, lnBayesFactor);
    return { lnBayesFactor, pValue: Math.exp(-best) };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
