/**
 * Share of significant wins that are false, given the share of ideas that work. Kohavi, Deng & Vermeer (2022).
 * @example falsePositiveRisk({ alphaWin: 0.025, power: 0.8, successRate: 0.1 }) // 0.21951219512195122
 */
export function falsePositiveRisk(given: {
  /** One-sided level of a win. */
  readonly alphaWin: number;
  readonly power: number;
  readonly successRate: number;
}): number {
  const falseWins = given.alphaWin * (1 - given.successRate);
  return falseWins / (falseWins + given.power * given.successRate);
}

/**
 * Largest Bayes factor against the null that a p-value can stand for, 1/(−e·p·ln p); 1 from p = 1/e on.
 * Sellke, Bayarri & Berger (2001). @example largestBayesFactor(0.01) // 7.988400565320467
 */
export function largestBayesFactor(p: number): number {
  return p < 1 / Math.E ? 1 / (-Math.E * p * Math.log(p)) : 1;
}

/**
 * Smallest chance that a result with this p-value is false.
 * @example leastFalsePositiveRisk(0.01, 0.1) // 0.5297732394
 */
export function leastFalsePositiveRisk(p: number, successRate: number): number {
  return (1 - successRate) / (1 - successRate + largestBayesFactor(p) * successRate);
}

export interface Surprise {
  readonly lift: number;
  readonly pValue: number | null;
  /** Standard deviation of the organisation's true lifts. */
  readonly usual: number;
  /** Largest lift ever seen for the metric, if any was. */
  readonly record?: number;
}

/**
 * Twyman's law: figures that look too good are usually wrong. Then instrumentation comes first.
 * @example tooGoodToBeTrue({ lift: 0.6, pValue: 0.01, usual: 0.1 }) // true
 */
export function tooGoodToBeTrue({ lift, pValue, usual, record }: Surprise): boolean {
  const size = Math.abs(lift);
  if (size > 5 * usual || (record !== undefined && size > Math.abs(record))) return true;
  return pValue !== null && pValue < 1e-8 && size > 0.3;
}
