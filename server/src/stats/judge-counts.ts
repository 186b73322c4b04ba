import type { Alternative, CompareOptions, Comparison } from './comparison.ts';
import { normalIsf } from './distributions/normal.ts';
import { fisherExact } from './fisher.ts';
import { alternativeOf } from './infer-at.ts';
import {
  agrestiCaffo,
  type Count,
  isSmall,
  miettinenNurminen,
  newcombe,
  pooledZ,
} from './proportions.ts';
import { fixedReference } from './reference.ts';

/** Successes of both variants. */
export type Counts = readonly [control: Count, treatment: Count];

/**
 * Another interval or p-value in place of the normal approximation: as asked for, or where counts are small.
 * @example judgeCounts(withoutInference({ control: 0.8, treatment: 0.6 }), [{ n: 70, successes: 56 }, { n: 80, successes: 48 }], { alpha: 0.05, interval: 'newcombe' }).absolute.low // -0.333872654
 */
export function judgeCounts(wald: Comparison, counts: Counts, options: CompareOptions): Comparison {
  const small = counts.some(isSmall);
  const { test = 'auto', interval = 'auto' } = options;
  const judged = withInterval(
    withTest(wald, counts, {
      test: test === 'auto' && small ? 'fisher' : test,
      alternative: alternativeOf(options),
    }),
    counts,
    { ...options, interval: interval === 'auto' && small ? 'newcombe' : interval },
  );
  return small ? { ...judged, notes: [...judged.notes, 'small_counts'] } : judged;
}

function withTest(
  wald: Comparison,
  [control, treatment]: Counts,
  how: { readonly test: CompareOptions['test']; readonly alternative: Alternative },
): Comparison {
  if (how.test === 'fisher') {
    const pValue = fisherExact(control, treatment, how.alternative);
    return { ...wald, pValue, log10PValue: Math.log10(pValue) };
  }
  if (how.test !== 'pooled') return wald;
  const statistic = pooledZ(control, treatment);
  if (statistic === null) return { ...wald, pValue: null, log10PValue: null, statistic };
  const lnP = fixedReference(0.5, how.alternative, Number.POSITIVE_INFINITY).lnP(statistic);
  return { ...wald, pValue: Math.exp(lnP), log10PValue: lnP / Math.LN10, statistic };
}

const INTERVALS = { newcombe, miettinenNurminen, agrestiCaffo };

function withInterval(
  wald: Comparison,
  [control, treatment]: Counts,
  options: CompareOptions,
): Comparison {
  const { interval = 'auto', alpha } = options;
  if (interval === 'auto' || interval === 'wald') return wald;
  const alternative = alternativeOf(options);
  const z = normalIsf(alternative === 'two-sided' ? alpha / 2 : alpha);
  const [low, high] = INTERVALS[interval](control, treatment, z);
  return {
    ...wald,
    absolute: {
      estimate: wald.absolute.estimate,
      low: alternative === 'less' ? null : low,
      high: alternative === 'greater' ? null : high,
    },
  };
}
