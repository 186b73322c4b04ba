import { normalPdf, normalSf } from './distributions/normal.ts';
import type { Effect } from './heterogeneity.ts';
import { increasingRoot } from './root.ts';

/** What an organisation's own history says of true lifts: their mean and variance. */
export interface History {
  readonly mean: number;
  readonly meanSe: number;
  readonly variance: number;
}

/**
 * Moments of true effects behind noisy ones. DerSimonian & Laird (1986).
 * @example learnHistory([{ effect: 0.1, se: 0.01 }, { effect: -0.1, se: 0.01 }]) // { mean: 0, meanSe: 0.1, variance: 0.0199 }
 */
export function learnHistory(effects: readonly Effect[]): History {
  const weights = effects.map((e) => 1 / e.se ** 2);
  const total = sum(weights);
  const fixed = sum(effects.map((e, i) => weights[i]! * e.effect)) / total;
  const q = sum(effects.map((e, i) => weights[i]! * (e.effect - fixed) ** 2));
  const scale = total - sum(weights.map((w) => w * w)) / total;
  const variance = Math.max(0, (q - (effects.length - 1)) / scale);
  const random = effects.map((e) => 1 / (e.se ** 2 + variance));
  return {
    mean: sum(effects.map((e, i) => random[i]! * e.effect)) / sum(random),
    meanSe: 1 / Math.sqrt(sum(random)),
    variance,
  };
}

/**
 * An effect drawn towards what is usual: undoes, on average, the exaggeration of winners.
 * @example shrink({ effect: 0.05, se: 0.015 }, { mean: 0, variance: 0.0004 }) // { mean: 0.032, sd: 0.012 }
 */
export function shrink(
  { effect, se }: Effect,
  { mean, variance }: Pick<History, 'mean' | 'variance'>,
): { readonly mean: number; readonly sd: number } {
  const trust = variance / (variance + se * se);
  return { mean: mean + trust * (effect - mean), sd: Math.sqrt(trust) * se };
}

export interface Impact {
  /** Π(1 + lift) − 1 of what shipped. */
  readonly product: number;
  readonly sd: number;
}

/** Cumulative impact of shipped lifts, with the delta-method deviation. @example cumulativeImpact([{ mean: 0.1, sd: 0 }, { mean: 0.1, sd: 0 }]).product // 0.21 */
export function cumulativeImpact(
  lifts: readonly { readonly mean: number; readonly sd: number }[],
): Impact {
  const all = lifts.reduce((product, l) => product * (1 + l.mean), 1);
  return {
    product: all - 1,
    sd: Math.sqrt(sum(lifts.map((l) => ((all * l.sd) / (1 + l.mean)) ** 2))),
  };
}

export interface WinnersTotal {
  readonly selected: readonly boolean[];
  readonly naive: number;
  readonly bias: number;
  readonly corrected: number;
}

/**
 * Total of the shipped experiments (effect above z standard errors) with the winner's curse taken out. Lee & Shen (2018).
 * @example winnersTotal([{ effect: 0.05, se: 0.015 }, { effect: 0.005, se: 0.01 }], 1.96) // { selected: [true, false], naive: 0.05, bias: 0.003704680795, corrected: 0.04629531921 }
 */
export function winnersTotal(effects: readonly Effect[], z: number): WinnersTotal {
  const selected = effects.map((e) => e.effect > z * e.se);
  const naive = sum(effects.map((e, i) => (selected[i] ? e.effect : 0)));
  const bias = sum(effects.map((e) => e.se * normalPdf(z - e.effect / e.se)));
  return { selected, naive, bias, corrected: naive - bias };
}

/**
 * Likeliest effect of one experiment given that it was picked for |effect| > z·se (or effect > z·se, one-sided).
 * Ghosh, Zou & Wright (2008): the effect whose expected value after the selection is the one seen.
 * @example winnersEstimate({ effect: 0.05, se: 0.02 }, 1.959963984540054) // 0.0227584143
 */
export function winnersEstimate(
  { effect, se }: Effect,
  z: number,
  selection: 'two-sided' | 'one-sided' = 'two-sided',
): number {
  const seen = selection === 'two-sided' ? Math.abs(effect) / se : effect / se;
  const other = selection === 'two-sided' ? 1 : 0;
  const expected = (m: number): number =>
    m + (normalPdf(z - m) - other * normalPdf(z + m)) / (normalSf(z - m) + other * normalSf(z + m));
  const m = increasingRoot(expected, seen, [other ? 0 : -30, seen]);
  return (selection === 'two-sided' ? Math.sign(effect) : 1) * m * se;
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
