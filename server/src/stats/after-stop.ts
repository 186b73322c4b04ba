import { normalIsf, normalSf } from './distributions/normal.ts';
import type { Boundary } from './group-sequential.ts';
import { reaches } from './killed-walk.ts';
import { increasingRoot } from './root.ts';

export interface StageWise {
  /** One-sided p-value in the stage-wise ordering: earlier crossings count as more extreme. */
  readonly pValue: number;
  /** Median-unbiased drift and its equal-tailed interval; times the standard error at full information it is the effect. */
  readonly drift: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Inference after stopping at a look (0-based) with statistic z. Tsiatis, Rosner & Mehta (1984).
 * The estimate at the stop exaggerates; this one is median-unbiased and its interval covers.
 * @example stageWise(spendingBoundary({ spending: { kind: 'obrienFleming' }, alpha: 0.025, mirrored: false, information: [0.2, 0.4, 0.6, 0.8, 1] }), { look: 2, z: 2.9 }, 0.05) // { pValue: 0.002050709263, drift: 3.728554307, low: 1.186703524, high: 6.263790156 }
 */
export function stageWise(
  design: Boundary,
  stop: { readonly look: number; readonly z: number },
  alpha: number,
): StageWise {
  const { information, z, walks } = design;
  const tail = (drift: number): number => {
    let total = 0;
    for (let k = 0; k <= stop.look; k++) {
      const c = k === stop.look ? stop.z : z[k]!;
      if (c < Number.POSITIVE_INFINITY)
        total += reaches(walks[k]!, information[k]!, c * Math.sqrt(information[k]!), drift);
    }
    return total;
  };
  const naive = stop.z / Math.sqrt(information[stop.look]!);
  const width = 8 / Math.sqrt(information[stop.look]!);
  const solve = (p: number): number => increasingRoot(tail, p, [naive - 2 * width, naive + width]);
  return { pValue: tail(0), drift: solve(0.5), low: solve(alpha / 2), high: solve(1 - alpha / 2) };
}

export interface ConditionalPower {
  /** P(significant at the end) if the drift is as assumed. */
  readonly conditional: number;
  /** The same averaged over what the data so far say of the drift (flat prior). */
  readonly predictive: number;
}

/**
 * Chance to end significant from z at information t, one-sided; drift null means the current trend z/√t.
 * Lan & Wittes (1988).
 * @example conditionalPower({ t: 0.5, z: 1.2, alpha: 0.025, drift: null }).conditional // 0.3550180342381736
 */
export function conditionalPower(at: {
  readonly t: number;
  readonly z: number;
  readonly alpha: number;
  readonly drift: number | null;
}): ConditionalPower {
  const critical = normalIsf(at.alpha);
  const left = Math.sqrt(1 - at.t);
  const drift = at.drift ?? at.z / Math.sqrt(at.t);
  return {
    conditional: normalSf((critical - at.z * Math.sqrt(at.t) - drift * (1 - at.t)) / left),
    predictive: normalSf((critical * Math.sqrt(at.t) - at.z) / left),
  };
}
