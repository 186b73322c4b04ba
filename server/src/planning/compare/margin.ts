import type { CompareBody, CompareDetail } from '../../contract/compare.ts';
import type { Alternative, Comparison, CompareOptions } from '../../stats/comparison.ts';
import type { Estimates } from '../../stats/estimates.ts';
import { inferAt } from '../../stats/infer-at.ts';
import { movedControl } from '../../stats/margin.ts';
import { type Drawn, finite } from './drawn.ts';

/** Non-inferiority and deterioration, one-sided at alpha, by any method but the Bayesian. */
export function marginDetail(
  { margin, alpha }: CompareBody,
  { estimates: e, data }: Drawn,
  options: CompareOptions,
): CompareDetail['margin'] {
  if (margin === undefined) return undefined;
  const good = margin.direction === 'up';
  const better: Alternative = good ? 'greater' : 'less';
  const against = (estimates: Estimates, alternative: Alternative): Comparison =>
    inferAt(estimates, data, { ...options, alternative });
  const bound = against(e, better);
  const harm = against(e, good ? 'less' : 'greater');
  const room = good ? -margin.relative : margin.relative;
  const test = e.control === 0 ? null : against(movedControl(e, room), better);
  const edge = good ? bound.absolute.low : bound.absolute.high;
  const sign = good ? 1 : -1;
  const p = finite(test?.pValue);
  const pHarm = finite(harm.pValue);
  return {
    nonInferior: p === null ? null : p <= alpha,
    statistic: test === null || test.statistic === null ? null : finite(sign * test.statistic),
    pNonInferior: p,
    margin: finite(-margin.relative * Math.abs(e.control)),
    bound: edge === null ? null : finite(sign * edge),
    worstLift: finite(good ? bound.relative?.low : bound.relative?.high),
    deteriorated: pHarm === null ? null : pHarm <= alpha,
    pDeteriorated: pHarm,
  };
}
