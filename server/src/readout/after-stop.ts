import type { MetricResult } from '../contract/readout.ts';
import { stageWise } from '../stats/after-stop.ts';
import type { Comparison } from '../stats/comparison.ts';
import { normalIsfLn } from '../stats/distributions/normal.ts';
import { studentLnSf } from '../stats/distributions/student.ts';
import { spendingBoundary } from '../stats/group-sequential.ts';
import type { Design } from './inference.ts';

/**
 * Where a bound is crossed, the plain estimate exaggerates (1.3-fold at a Pocock stop) and its interval covers too
 * seldom: the median-unbiased estimate, its interval and the stage-wise two-sided p-value. Tsiatis, Rosner & Mehta
 * (1984). Undefined while no bound is crossed. `alpha` is two-sided.
 */
export function afterStop(
  { absolute, control, statistic, df, standardError }: Comparison,
  { information, final, direction }: Design,
  alpha: number,
): MetricResult['afterStop'] {
  const t = information.at(-1);
  if (t === undefined || statistic === null || standardError === null) return undefined;
  if (!((absolute.low ?? 0) > 0) && !((absolute.high ?? 0) < 0)) return undefined;
  const sign = statistic > 0 ? 1 : -1;
  const kind = statistic > 0 === (direction === 'up') ? 'obrienFleming' : 'pocock';
  const boundary = spendingBoundary({
    spending: { kind },
    alpha: alpha / 2,
    mirrored: false,
    information,
    clock: information.map((x, k) => (final && k === information.length - 1 ? 1 : Math.min(1, x))),
  });
  const z =
    df === undefined ? Math.abs(statistic) : normalIsfLn(studentLnSf(Math.abs(statistic), df));
  const found = stageWise(boundary, { look: information.length - 1, z }, alpha);
  // Drift is the statistic's mean at full information: times the standard error there it is the effect.
  const unit = sign * standardError * Math.sqrt(t);
  const scaled = interval(found, unit);
  return {
    absolute: scaled,
    relative: control === null || control === 0 ? null : interval(found, unit / Math.abs(control)),
    pValue: Math.min(1, 2 * found.pValue),
  };
}

function interval(
  { drift, low, high }: { readonly drift: number; readonly low: number; readonly high: number },
  unit: number,
): { estimate: number; low: number; high: number } {
  const [a, b] = [low * unit, high * unit];
  return { estimate: drift * unit, low: Math.min(a, b), high: Math.max(a, b) };
}
