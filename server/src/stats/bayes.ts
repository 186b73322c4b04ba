import { betaTails, lnBeta } from './distributions/beta.ts';
import { normalCdf, normalPdf, normalSf } from './distributions/normal.ts';

export interface Normal {
  readonly mean: number;
  readonly sd: number;
}

/** Posterior of a normal estimate under a normal prior. @example posterior({ mean: 0.03, sd: 0.015 }, { mean: 0, sd: 0.02 }).mean // 0.0192 */
export function posterior(estimate: Normal, prior: Normal): Normal {
  const data = 1 / estimate.sd ** 2;
  const belief = 1 / prior.sd ** 2;
  return {
    mean: (data * estimate.mean + belief * prior.mean) / (data + belief),
    sd: 1 / Math.sqrt(data + belief),
  };
}

/** P(effect > 0). @example chanceToWin({ mean: 0, sd: 1 }) // 0.5 */
export function chanceToWin({ mean, sd }: Normal): number {
  return normalCdf(mean / sd);
}

/**
 * Expected loss of shipping the treatment, E[max(0, −effect)].
 * @example lossIfShip({ mean: 0, sd: 1 }) // 0.3989422804
 */
export function lossIfShip({ mean, sd }: Normal): number {
  return expectedPositivePart(-mean, sd);
}

/**
 * Expected loss of keeping the control, E[max(0, effect)].
 * @example lossIfKeep({ mean: 0, sd: 1 }) // 0.3989422804
 */
export function lossIfKeep({ mean, sd }: Normal): number {
  return expectedPositivePart(mean, sd);
}

/** E[max(0, X)], X ~ N(mean, sd²). */
function expectedPositivePart(mean: number, sd: number): number {
  const u = mean / sd;
  return sd * normalPdf(u) + mean * normalCdf(u);
}

/** P(low < effect < high). @example probabilityBetween({ mean: 0, sd: 1 }, -1.959963984540054, 1.959963984540054) // 0.95 */
export function probabilityBetween({ mean, sd }: Normal, low: number, high: number): number {
  return mean > (low + high) / 2
    ? normalSf((mean - high) / sd) - normalSf((mean - low) / sd)
    : normalSf((low - mean) / sd) - normalSf((high - mean) / sd);
}

export interface Beta {
  readonly a: number;
  readonly b: number;
}

/** Posterior of a share. @example betaPosterior({ n: 100, successes: 20 }, { a: 1, b: 1 }) // { a: 21, b: 81 } */
export function betaPosterior(
  count: { readonly n: number; readonly successes: number },
  prior: Beta,
): Beta {
  return { a: prior.a + count.successes, b: prior.b + count.n - count.successes };
}

/**
 * P(treatment > control) of two independent beta shares, by the finite sum of Miller (2015). The treatment's a must be whole.
 * @example betaChanceToWin({ a: 21, b: 81 }, { a: 29, b: 73 }) // 0.9055913236
 */
export function betaChanceToWin(control: Beta, treatment: Beta): number {
  const { a: x, b: y } = control;
  const total = treatment.b + y;
  let ln = lnBeta(x, total) - Math.log(treatment.b) - lnBeta(1, treatment.b) - lnBeta(x, y);
  let sum = 0;
  for (let i = 0; i < treatment.a; i++) {
    sum += Math.exp(ln);
    ln += Math.log(((x + i) * (treatment.b + i)) / ((x + i + total) * (1 + i)));
  }
  return Math.min(1, sum);
}

/**
 * Expected loss, in share, of shipping the treatment: E[max(0, control − treatment)], by the shift of a beta's first
 * parameter under x·density. Both small tails are summed as such, never as 1 − a large one.
 * @example betaLossIfShip({ a: 21, b: 81 }, { a: 29, b: 73 }) // 0.002657042661
 */
export function betaLossIfShip(control: Beta, treatment: Beta): number {
  return (
    share(control) * betaChanceToWin(treatment, { a: control.a + 1, b: control.b }) -
    share(treatment) * betaChanceToWin({ a: treatment.a + 1, b: treatment.b }, control)
  );
}

/** Mean of a beta distribution. @example share({ a: 21, b: 81 }) // 0.20588235294117646 */
export function share({ a, b }: Beta): number {
  return a / (a + b);
}

export interface Rate {
  readonly count: number;
  readonly exposure: number;
}

/**
 * P(treatment rate > control rate) of two Poisson counts under one gamma(shape, rate) prior: a beta tail.
 * @example poissonChanceToWin({ count: 100, exposure: 1000 }, { count: 130, exposure: 1000 }, { shape: 1, rate: 1 }) // 0.9759184733
 */
export function poissonChanceToWin(
  control: Rate,
  treatment: Rate,
  prior: { readonly shape: number; readonly rate: number },
): number {
  const a = prior.shape + control.count;
  const b = prior.shape + treatment.count;
  const tA = prior.rate + control.exposure;
  const tB = prior.rate + treatment.exposure;
  const x = tB / (tA + tB);
  return betaTails(b, a, x, tA / (tA + tB)).upper;
}
