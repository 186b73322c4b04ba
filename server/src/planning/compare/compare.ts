import type { CompareBody, Comparison as Answer } from '../../contract/compare.ts';
import { compare } from '../../stats/compare.ts';
import type { CompareOptions, Comparison, Method } from '../../stats/comparison.ts';
import { standardError } from '../../stats/estimates.ts';
import { inferAt } from '../../stats/infer-at.ts';
import { isFinite, reasonMissing, withoutInference } from '../../stats/inference.ts';
import { plainDetail } from './detail.ts';
import { type Drawn, drawnOf, finite } from './drawn.ts';
import { marginDetail } from './margin.ts';
import { methodOf } from './method.ts';
import { conjugate, normalPosterior } from './posterior.ts';
import { anytimeDetail, groupDetail, sequenceDetail } from './sequential.ts';

/** Sufficient statistics in, a comparison out; nothing stored is read. Throws `invalid` where kind and sample disagree. */
export function calculate(body: CompareBody): Answer {
  const exact = body.method === 'bayesian' ? conjugate(body) : undefined;
  if (exact) return exact;
  const drawn = drawnOf(body);
  const { method, note } = methodOf(body, drawn.data.units);
  const { alpha, alternative, lift, adjustment, test, interval } = body;
  const options = { alpha, alternative, method, lift, adjustment, test, interval };
  const found = judged(body, drawn, options);
  const notes =
    drawn.bare === true ? found.notes.filter((n) => n !== 'zero_baseline') : found.notes;
  return {
    absolute: found.absolute,
    relative: drawn.bare === true ? null : found.relative,
    pValue: found.pValue,
    log10PValue: found.log10PValue,
    statistic: found.statistic,
    ...(found.df === undefined ? {} : { df: found.df }),
    ...(found.probabilityBetter === undefined
      ? {}
      : { probabilityBetter: found.probabilityBetter, expectedLoss: found.expectedLoss ?? null }),
    standardError: found.standardError,
    ...(found.varianceReduction === undefined
      ? {}
      : { varianceReduction: found.varianceReduction }),
    notes: note === undefined ? [...notes] : [note, ...notes],
    detail: {
      ...plainDetail(body, drawn, found),
      ...methodDetail(body, drawn, { method, found }),
      ...(body.margin === undefined || method.kind === 'bayesian'
        ? {}
        : { margin: marginDetail(body, drawn, options) }),
    },
  };
}

/** Two samples go the way of a readout; what was made otherwise is judged by the same references. */
function judged(body: CompareBody, drawn: Drawn, options: CompareOptions): Comparison {
  const { pair, estimates } = drawn;
  if (pair !== undefined) return compare(pair, options);
  const missing = reasonMissing(estimates, standardError(estimates));
  if (missing !== undefined) return withoutInference(estimates, missing);
  if (options.method?.kind === 'bayesian') return bayesian(body, drawn);
  const found = inferAt(estimates, drawn.data, options);
  return isFinite(found) ? found : withoutInference(estimates, 'not_finite');
}

/** The posterior of an effect itself, or of estimates that were not made from two plain samples. */
function bayesian(body: CompareBody, drawn: Drawn): Comparison {
  const post = normalPosterior(body, drawn);
  const bare = withoutInference(
    drawn.estimates,
    ...(post === undefined ? ['not_finite' as const] : []),
  );
  if (post === undefined) return bare;
  const interval = { estimate: post.mean, low: post.low, high: post.high };
  return {
    ...bare,
    ...(drawn.bare === true || body.kind === 'effect'
      ? { absolute: interval }
      : { relative: interval }),
    standardError: finite(standardError(drawn.estimates)),
    probabilityBetter: post.probabilityBetter,
    expectedLoss: post.lossIfShip,
  };
}

function methodDetail(
  body: CompareBody,
  drawn: Drawn,
  { method, found }: { readonly method: Method; readonly found: Comparison },
): Partial<Answer['detail']> {
  if (method.kind === 'bayesian') return { posterior: normalPosterior(body, drawn) };
  if (method.kind === 'confidenceSequence')
    return { sequence: sequenceDetail(body, drawn, method) };
  if (method.kind === 'anytimeT') return anytimeDetail(drawn, { phi: method.phi, found });
  if (method.kind === 'groupSequential')
    return { group: groupDetail(body, drawn, { method, found }) };
  return {};
}
