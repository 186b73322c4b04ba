import type { CompareBody, CompareDetail, Sample } from '../../contract/compare.ts';
import type { Data } from '../../stats/infer-at.ts';
import { type Pair, reduce } from '../../stats/compare.ts';
import type { Note } from '../../stats/comparison.ts';
import { difference, type Estimates, standardError } from '../../stats/estimates.ts';
import { merge, type Moments } from '../../stats/moments.ts';
import { postStratify } from '../../stats/post-stratify.ts';
import {
  clusteredQuantile,
  type ClusteredQuantile,
  quantileDesignEffect,
  quantileSigma,
} from '../../stats/quantile.ts';
import { normalIsf } from '../../stats/distributions/normal.ts';
import { invalid, mismatch, momentsOf, present } from './sample.ts';

/** What a body comes down to before any method: a pair of samples, or estimates that were made otherwise. */
export interface Drawn {
  readonly estimates: Estimates;
  readonly data: Data;
  readonly notes: readonly Note[];
  /** Where the estimates come from two samples as `compare` takes them. */
  readonly pair?: Pair;
  readonly detail: Partial<CompareDetail>;
  /** No relative lift: the control's value is not known. */
  readonly bare?: boolean;
}

/** Throws `invalid` where kind and samples disagree. */
export function drawnOf(body: CompareBody): Drawn {
  if (body.kind === 'effect') return effectOf(body);
  if (body.strata !== undefined) return strataOf(body, body.strata);
  const control = present(body.control, body.kind, 'body.control');
  const treatment = present(body.treatment, body.kind, 'body.treatment');
  if (body.kind === 'quantile') return quantileOf(body, control, treatment);
  if (body.kind === 'rate')
    throw invalid('body.method', 'a rate is compared by the bayesian method only');
  const pair: Pair = {
    shape: body.kind,
    control: momentsOf(body.kind, control, 'body.control'),
    treatment: momentsOf(body.kind, treatment, 'body.treatment'),
  };
  const { estimates, notes } = reduce(pair, body.adjustment);
  return { estimates, data: dataOf(pair.control.n + pair.treatment.n), notes, pair, detail: {} };
}

function effectOf(body: CompareBody): Drawn {
  const effect = present(body.effect, body.kind, 'body.effect');
  const { estimate, df = Number.POSITIVE_INFINITY, control } = effect;
  const own = effect.standardError ** 2;
  const sd = effect.sd ?? 1;
  if (
    body.method === 'confidenceSequence' &&
    effect.units === undefined &&
    body.tuning?.variance === undefined
  )
    throw invalid('body.effect.units', 'a confidence sequence needs units, or tuning.variance');
  if (body.method === 'groupSequential' && effect.units === undefined)
    throw invalid('body.effect.units', 'a group sequential look needs units');
  return {
    estimates: {
      control: control ?? 0,
      treatment: (control ?? 0) + estimate,
      varianceControl: 0,
      varianceTreatment: own,
      covariance: 0,
      df,
    },
    data: { units: effect.units ?? 1, spread: sd * sd, size: own / (sd * sd), df },
    notes: [],
    detail: {},
    bare: control === undefined,
  };
}

function strataOf(body: CompareBody, strata: NonNullable<CompareBody['strata']>): Drawn {
  if (body.kind !== 'proportion' && body.kind !== 'mean')
    throw invalid('body.strata', 'strata need kind proportion or mean');
  const cells = strata.map(({ control, treatment }, i) => ({
    control: momentsOf(body.kind, control, `body.strata.${i}.control`),
    treatment: momentsOf(body.kind, treatment, `body.strata.${i}.treatment`),
  }));
  const { estimates, populationVariance } = postStratify(cells);
  const all = (of: (cell: (typeof cells)[number]) => Moments): Moments =>
    cells.map(of).reduce((a, b) => merge(a, b));
  const control = all((c) => c.control);
  const treatment = all((c) => c.treatment);
  return {
    estimates,
    data: dataOf(control.n + treatment.n),
    notes: [],
    detail: {
      strata: {
        standardErrorPopulation: finite(Math.sqrt(populationVariance)),
        pooledDifference: finite((treatment.mean[0] ?? 0) - (control.mean[0] ?? 0)),
      },
    },
  };
}

function quantileOf(body: CompareBody, control: Sample, treatment: Sample): Drawn {
  const q = present(body.quantile, body.kind, 'body.quantile');
  const a = sideOf(control, { q, alpha: body.alpha, path: 'body.control' });
  const b = sideOf(treatment, { q, alpha: body.alpha, path: 'body.treatment' });
  return {
    estimates: {
      control: a.quantile,
      treatment: b.quantile,
      varianceControl: (a.se ?? Number.NaN) ** 2,
      varianceTreatment: (b.se ?? Number.NaN) ** 2,
      covariance: 0,
      df: Number.POSITIVE_INFINITY,
    },
    data: dataOf(a.units + b.units),
    notes: [],
    detail: { quantile: { control: sideDetail(a, q), treatment: sideDetail(b, q) } },
  };
}

function sideOf(
  sample: Sample,
  { q, alpha, path }: { readonly q: number; readonly alpha: number; readonly path: string },
): ClusteredQuantile {
  if ('units' in sample) return clusteredQuantile(sample.units, q, alpha);
  if (!('below' in sample)) throw mismatch('quantile', path);
  const { n, below, events, value, low = null, high = null } = sample;
  const sigma = quantileSigma({
    n,
    mean: [below.mean, events.mean],
    comoment: [below.variance, sample.covariance, events.variance].map((v) => v * (n - 1)),
  });
  const z = normalIsf(alpha / 2);
  return {
    quantile: value ?? Number.NaN,
    sigma,
    designEffect: quantileDesignEffect(sigma, q, n * events.mean),
    pLow: q - z * sigma,
    pHigh: q + z * sigma,
    low,
    high,
    se: low === null || high === null ? null : (high - low) / (2 * z),
    events: n * events.mean,
    units: n,
  };
}

type Side = NonNullable<CompareDetail['quantile']>['control'];

function sideDetail(side: ClusteredQuantile, q: number): Side {
  return {
    quantile: finite(side.quantile),
    sigma: finite(side.sigma),
    sigmaIndependent: finite(Math.sqrt((q * (1 - q)) / side.events)),
    designEffect: finite(side.designEffect),
    pLow: finite(side.pLow),
    pHigh: finite(side.pHigh),
    low: side.low,
    high: side.high,
    standardError: side.se,
    events: side.events,
    units: side.units,
  };
}

function dataOf(units: number): Data {
  return { units, spread: Number.NaN, size: Number.NaN, df: Number.NaN };
}

export function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Difference and standard error, undefined ones null. */
export function bare(e: Estimates): { difference: number | null; standardError: number | null } {
  return { difference: finite(difference(e)), standardError: finite(standardError(e)) };
}
