import type { Alternative, CompareOptions, Comparison, Method, Note } from './comparison.ts';
import type { Estimates } from './estimates.ts';
import { groupReference } from './group-reference.ts';
import { infer } from './inference.ts';
import {
  anytimeTReference,
  fixedReference,
  mixtureReference,
  type Reference,
  sequenceReference,
} from './reference.ts';

/** Units for which a confidence sequence is narrowest when nothing was planned. */
const DEFAULT_TUNING = 5_000;

/** Squared standard error of the difference per residual variance, and what else a reference asks for. */
export interface Data {
  /** Units of both variants so far. */
  readonly units: number;
  /** Residual variance of one unit, and what it is multiplied by to be the difference's: for Student's t at any time. */
  readonly spread: number;
  readonly size: number;
  readonly df: number;
}

/**
 * Estimates judged by a method that has a reference (any but the Bayesian view), whatever they were made from.
 * @example inferAt({ control: 10, treatment: 11, varianceControl: 0.04, varianceTreatment: 0.05, covariance: 0, df: Infinity }, { units: 2000, spread: 1, size: 0.002, df: 1998 }, { alpha: 0.05 }).pValue // 0.0008581206664
 */
export function inferAt(estimates: Estimates, data: Data, options: CompareOptions): Comparison {
  const method = options.method ?? { kind: 'fixed' };
  const used = usedEstimates(estimates, data, options);
  const { reference, note } = referenceFor(used, data, options, method);
  const result = infer(used, reference, options.lift);
  return note ? { ...result, notes: [...result.notes, note] } : result;
}

/** z leaves the degrees of freedom out; Student's t at any time takes the variants to vary alike. */
function usedEstimates(
  estimates: Estimates,
  { spread, size, df }: Data,
  { method, test }: CompareOptions,
): Estimates {
  if (method?.kind === 'anytimeT') {
    const half = (spread * size) / 2;
    return { ...estimates, varianceControl: half, varianceTreatment: half, covariance: 0, df };
  }
  return test === 'z' ? { ...estimates, df: Number.POSITIVE_INFINITY } : estimates;
}

function referenceFor(
  { df, varianceControl, varianceTreatment, covariance }: Estimates,
  { units, size }: Data,
  options: CompareOptions,
  method: Method,
): { readonly reference: Reference; readonly note?: Note } {
  const alternative = alternativeOf(options);
  const { alpha } = options;
  if (method.kind === 'groupSequential') return groupReference({ method, alpha, alternative, df });
  if (method.kind === 'anytimeT') {
    const shrinkage = method.phi / (method.phi + 1 / size);
    return { reference: anytimeTReference({ df, shrinkage }, alpha) };
  }
  if (method.kind !== 'confidenceSequence')
    return { reference: fixedReference(alpha, alternative, df) };
  const { rho2, variance: mixture, tunedTo = DEFAULT_TUNING } = method;
  const own = varianceControl + varianceTreatment - 2 * covariance;
  const ratio = mixture === undefined ? rho2 && rho2 * units : mixture / own;
  return ratio === undefined
    ? { reference: sequenceReference({ alpha, alternative, units, tunedTo }) }
    : { reference: mixtureReference({ alpha, alternative, ratio }) };
}

/** Two-sided unless said. @example alternativeOf({ alpha: 0.05 }) // 'two-sided' */
export function alternativeOf({ alternative }: CompareOptions): Alternative {
  return alternative ?? 'two-sided';
}
