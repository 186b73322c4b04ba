import type {
  CompareBody,
  Comparison as Answer,
  Sample,
  SrmBody,
  SrmResult,
} from '../contract/calculator.ts';
import { AppError } from '../errors.ts';
import { prior } from '../readout/inference.ts';
import { compare, type Pair } from '../stats/compare.ts';
import type { Method, Note } from '../stats/comparison.ts';
import type { Moments } from '../stats/moments.ts';
import { sampleRatio } from '../stats/srm.ts';

/** Sufficient statistics in, a comparison out; nothing stored is read. Throws `invalid` where kind and sample disagree. */
export function calculate(body: CompareBody): Answer {
  const pair: Pair = {
    shape: body.kind,
    control: momentsOf(body.kind, body.control, 'body.control'),
    treatment: momentsOf(body.kind, body.treatment, 'body.treatment'),
  };
  const { method, note } = methodOf(body, pair.control.n + pair.treatment.n);
  const found = compare(pair, { alpha: body.alpha, alternative: body.alternative, method });
  return {
    absolute: found.absolute,
    relative: found.relative,
    pValue: found.pValue,
    statistic: found.statistic,
    ...(found.df === undefined ? {} : { df: found.df }),
    ...(found.probabilityBetter === undefined
      ? {}
      : { probabilityBetter: found.probabilityBetter, expectedLoss: found.expectedLoss ?? null }),
    standardError: found.standardError,
    notes: note === undefined ? [...found.notes] : [note, ...found.notes],
  };
}

/** Observed counts against weights, variant by variant; a variant missing on one side has none there. */
export function sampleRatioOf({ counts, weights }: SrmBody): SrmResult {
  const variants = [...new Set([...Object.keys(weights), ...Object.keys(counts)])];
  const found = sampleRatio(
    variants.map((v) => counts[v] ?? 0),
    variants.map((v) => weights[v] ?? 0),
  );
  const { chiSquare, df, pValue, log10PValue, suspicious } = found;
  return { chiSquare, df, pValue, log10PValue, suspicious };
}

function methodOf(body: CompareBody, units: number): { method: Method; note?: Note } {
  const { plannedUnits } = body;
  if (body.method === 'fixed') return { method: { kind: 'fixed' } };
  if (body.method === 'bayesian')
    return { method: { kind: 'bayesian', prior: body.prior ?? prior } };
  const tuned = plannedUnits === undefined ? {} : { tunedTo: plannedUnits / 2 };
  const sequence: Method = { kind: 'confidenceSequence', ...tuned };
  if (body.method === 'confidenceSequence') return { method: sequence };
  if (plannedUnits === undefined) return { method: sequence, note: 'unplanned' };
  const looks = [...(body.looks ?? []), units].map((n) => n / plannedUnits);
  return {
    method: {
      kind: 'groupSequential',
      looks: ascending(looks),
      direction: body.alternative === 'less' ? 'down' : 'up',
    },
  };
}

/** The present look comes last and may repeat the latest earlier one. */
function ascending(looks: readonly number[]): number[] {
  const at = looks.findIndex((t, i) => i > 0 && t <= (looks[i - 1] ?? 0));
  if (at === -1) return [...looks];
  if (at === looks.length - 1 && looks[at] === looks[at - 1]) return looks.slice(0, -1);
  throw new AppError('invalid', 'looks must be the total units at each earlier look, ascending.', {
    errors: [{ path: 'body.looks', message: 'each must exceed the one before' }],
  });
}

/** A sample as moments. Variances have n − 1 below them. */
function momentsOf(kind: CompareBody['kind'], sample: Sample, path: string): Moments {
  const { n } = sample;
  const sums = (variances: readonly number[]) => variances.map((v) => v * Math.max(0, n - 1));
  if (kind === 'ratio') {
    if (!('numerator' in sample)) throw mismatch(kind, 'numerator, denominator, covariance', path);
    const { numerator, denominator, covariance } = sample;
    return {
      n,
      mean: [numerator.mean, denominator.mean],
      comoment: sums([numerator.variance, covariance, denominator.variance]),
    };
  }
  if ('numerator' in sample) throw mismatch(kind, 'successes, or mean and variance', path);
  const mean = 'successes' in sample ? shareOf(sample.successes, n) : sample.mean;
  // p (1 − p) with n below it, as a proportion's moments have: the sum of squares is n p (1 − p).
  const spread = 'successes' in sample ? n * mean * (1 - mean) : sums([sample.variance])[0];
  const { covariate } = sample;
  if (covariate === undefined) return { n, mean: [mean], comoment: [spread ?? 0] };
  const [both, before] = sums([covariate.covariance, covariate.variance]);
  return { n, mean: [mean, covariate.mean], comoment: [spread ?? 0, both ?? 0, before ?? 0] };
}

const shareOf = (successes: number, n: number): number => (n > 0 ? successes / n : 0);

function mismatch(kind: string, needed: string, path: string): AppError {
  const message = `a ${kind} needs n, ${needed}`;
  return new AppError('invalid', `${path}: ${message}.`, { errors: [{ path, message }] });
}
