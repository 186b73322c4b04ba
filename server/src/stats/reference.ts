import type { Alternative } from './comparison.ts';
import {
  anytimeTLnE,
  anytimeTReach,
  mixtureLnP,
  mixtureReach,
  oneSidedMixtureLnP,
  oneSidedMixtureReach,
  tuning,
} from './confidence-sequence.ts';
import { normalIsf, normalLnSf } from './distributions/normal.ts';
import { studentIsf, studentLnSf } from './distributions/student.ts';
import type { Reach } from './lift.ts';

/** How a statistic is judged: how many standard errors the interval reaches, and the ln p-value of a statistic. */
export interface Reference {
  readonly reach: Reach;
  readonly lnP: (statistic: number) => number;
}

const OPEN = Number.POSITIVE_INFINITY;

/**
 * Looked at once: Student's t, or the normal distribution when `df` is Infinity.
 * @example fixedReference(0.05, 'two-sided', Infinity).reach // { below: 1.959963985, above: 1.959963985 }
 */
export function fixedReference(alpha: number, alternative: Alternative, df: number): Reference {
  const isf = (p: number): number => (df === OPEN ? normalIsf(p) : studentIsf(p, df));
  const lnSf = (t: number): number => (df === OPEN ? normalLnSf(t) : studentLnSf(t, df));
  return sided(alternative, {
    twoSided: () => ({
      reach: isf(alpha / 2),
      lnP: (t) => Math.min(0, Math.LN2 + lnSf(Math.abs(t))),
    }),
    oneSided: () => ({ reach: isf(alpha), lnP: lnSf }),
  });
}

export interface SequenceOptions {
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Units of both variants so far. */
  readonly units: number;
  /** Units at which the sequence is narrowest. */
  readonly tunedTo: number;
}

/**
 * Looked at whenever one likes: the asymptotic confidence sequence.
 * @example sequenceReference({ alpha: 0.05, alternative: 'greater', units: 5000, tunedTo: 5000 }).reach // { below: 2.778515323, above: Infinity }
 */
export function sequenceReference(options: SequenceOptions): Reference {
  const { alpha, alternative, units, tunedTo } = options;
  const level = alternative === 'two-sided' ? alpha : 2 * alpha;
  return mixtureReference({ alpha, alternative, ratio: units * tuning(level, tunedTo) });
}

/**
 * Looked at whenever one likes, by the ratio of mixture variance to squared standard error: n·ρ², or τ²/SE² (mSPRT).
 * @example mixtureReference({ alpha: 0.05, alternative: 'two-sided', ratio: 1 }).reach // { below: 3.656394871, above: 3.656394871 }
 */
export function mixtureReference({
  alpha,
  alternative,
  ratio,
}: Pick<SequenceOptions, 'alpha' | 'alternative'> & { readonly ratio: number }): Reference {
  return sided(alternative, {
    twoSided: () => ({ reach: mixtureReach(ratio, alpha), lnP: (z) => mixtureLnP(ratio, z) }),
    oneSided: () => ({
      reach: oneSidedMixtureReach(ratio, alpha),
      lnP: (z) => oneSidedMixtureLnP(ratio, z),
    }),
  });
}

/**
 * Looked at whenever one likes, Student's t: two-sided. Lindon, Ham, Tingley & Bojinov (2022).
 * @example anytimeTReference({ df: 50, shrinkage: 0.25 }, 0.05).reach // { below: 3.308234705, above: 3.308234705 }
 */
export function anytimeTReference(
  at: { readonly df: number; readonly shrinkage: number },
  alpha: number,
): Reference {
  const reach = anytimeTReach(at, alpha);
  return {
    reach: { below: reach, above: reach },
    lnP: (t) => Math.min(0, -anytimeTLnE({ ...at, t })),
  };
}

interface Side {
  readonly reach: number;
  readonly lnP: (statistic: number) => number;
}

/** `less` is `greater` mirrored. */
function sided(
  alternative: Alternative,
  { twoSided, oneSided }: { readonly twoSided: () => Side; readonly oneSided: () => Side },
): Reference {
  if (alternative === 'two-sided') {
    const { reach, lnP } = twoSided();
    return { reach: { below: reach, above: reach }, lnP };
  }
  const { reach, lnP } = oneSided();
  return alternative === 'greater'
    ? { reach: { below: reach, above: OPEN }, lnP }
    : { reach: { below: OPEN, above: reach }, lnP: (t) => lnP(-t) };
}
