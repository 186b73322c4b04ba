import type { Alternative } from './comparison.ts';
import {
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
export function sequenceReference({
  alpha,
  alternative,
  units,
  tunedTo,
}: SequenceOptions): Reference {
  return sided(alternative, {
    twoSided: () => {
      const ratio = units * tuning(alpha, tunedTo);
      return { reach: mixtureReach(ratio, alpha), lnP: (z) => mixtureLnP(ratio, z) };
    },
    oneSided: () => {
      const ratio = units * tuning(2 * alpha, tunedTo);
      return {
        reach: oneSidedMixtureReach(ratio, alpha),
        lnP: (z) => oneSidedMixtureLnP(ratio, z),
      };
    },
  });
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
