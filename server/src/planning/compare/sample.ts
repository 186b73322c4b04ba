import type { CompareBody, Sample } from '../../contract/compare.ts';
import { AppError } from '../../errors.ts';
import type { Moments } from '../../stats/moments.ts';

type Kind = CompareBody['kind'];

const NEEDS: Readonly<Record<Kind, string>> = {
  proportion: 'n, successes',
  mean: 'n, mean, variance',
  ratio: 'n, numerator, denominator, covariance',
  quantile: 'units, or n, below, events, covariance',
  rate: 'count, exposure',
  effect: 'effect',
};

/** The sample of a member that must be there. Throws `invalid`. */
export function present<T>(value: T | undefined, kind: Kind, path: string): T {
  if (value === undefined) throw mismatch(kind, path);
  return value;
}

/** A proportion's, mean's or ratio's sample as moments. Variances have n − 1 below them. Throws `invalid`. */
export function momentsOf(kind: Kind, sample: Sample, path: string): Moments {
  if (kind === 'ratio') {
    if (!('numerator' in sample)) throw mismatch(kind, path);
    return ratioMoments(sample);
  }
  if (!('successes' in sample) && !('mean' in sample)) throw mismatch(kind, path);
  const { n, covariate } = sample;
  const mean = 'successes' in sample ? shareOf(sample.successes, n) : sample.mean;
  // p (1 − p) with n below it, as a proportion's moments have: the sum of squares is n p (1 − p).
  const spread = 'successes' in sample ? n * mean * (1 - mean) : sample.variance * degrees(n);
  if (covariate === undefined) return { n, mean: [mean], comoment: [spread] };
  const { covariance, variance } = covariate;
  return {
    n,
    mean: [mean, covariate.mean],
    comoment: [spread, covariance * degrees(n), variance * degrees(n)],
  };
}

function ratioMoments({
  n,
  numerator: m,
  denominator: d,
  covariance,
  covariate,
}: Extract<Sample, { numerator: unknown }>): Moments {
  const sums = (variances: readonly number[]): number[] => variances.map((v) => v * degrees(n));
  if (covariate === undefined)
    return {
      n,
      mean: [m.mean, d.mean],
      comoment: sums([m.variance, covariance, d.variance]),
    };
  const { numerator: p, denominator: q, cross } = covariate;
  const [[mp, mq], [dp, dq]] = cross;
  return {
    n,
    mean: [m.mean, d.mean, p.mean, q.mean],
    // Row by row: m, d, p, q.
    comoment: sums([
      m.variance,
      covariance,
      mp,
      mq,
      d.variance,
      dp,
      dq,
      p.variance,
      covariate.covariance,
      q.variance,
    ]),
  };
}

const degrees = (n: number): number => Math.max(0, n - 1);
const shareOf = (successes: number, n: number): number => (n > 0 ? successes / n : 0);

export function mismatch(kind: Kind, path: string): AppError {
  return invalid(path, `a ${kind} needs ${NEEDS[kind]}`);
}

export function invalid(path: string, message: string): AppError {
  return new AppError('invalid', `${path}: ${message}.`, { errors: [{ path, message }] });
}
