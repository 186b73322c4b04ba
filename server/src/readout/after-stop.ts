import type { MetricResult } from '../contract/readout.ts';
import { stageWise } from '../stats/after-stop.ts';
import { normalIsf } from '../stats/distributions/normal.ts';
import { spendingBoundary, type Boundary } from '../stats/group-sequential.ts';
import type { Spending } from '../stats/spending.ts';
import type { Design } from './inference.ts';

/**
 * From the look at which a bound was first crossed: the plain estimate there exaggerates (1.3-fold at a Pocock stop) and
 * its interval covers too seldom. Answers the median-unbiased estimate, its interval and the stage-wise two-sided
 * p-value. Tsiatis, Rosner & Mehta (1984). Undefined while no bound is crossed. `alpha` is two-sided.
 */
export function afterStop(
  design: Design,
  variant: string,
  alpha: number,
): MetricResult['afterStop'] {
  const sides = [1, -1].map((sign) => crossing(design, variant, { alpha, sign }));
  const [first] = sides.filter((side) => side !== undefined).toSorted((a, b) => a.look - b.look);
  const stage = first === undefined ? undefined : design.stages[first.look];
  const there = stage?.look.primary[variant];
  if (first === undefined || stage === undefined || there === undefined) return undefined;
  const { look, sign, boundary } = first;
  const found = stageWise(boundary, { look, z: sign * there.z }, alpha);
  // Drift is the statistic's mean at full information: times the standard error there it is the effect.
  const unit = sign * there.standardError * Math.sqrt(stage.fraction);
  const { control } = there;
  return {
    absolute: interval(found, unit),
    relative: control === null || control === 0 ? null : interval(found, unit / Math.abs(control)),
    pValue: Math.min(1, 2 * found.pValue),
  };
}

interface Crossing {
  readonly look: number;
  readonly sign: number;
  readonly boundary: Boundary;
}

/** The first look beyond the bound of one side: O'Brien–Fleming towards the win, Pocock towards harm. */
function crossing(
  { stages, final, direction }: Design,
  variant: string,
  { alpha, sign }: { readonly alpha: number; readonly sign: number },
): Crossing | undefined {
  const z = stages.map(({ look }) => sign * (look.primary[variant]?.z ?? 0));
  // No bound lies below the fixed critical value: most readouts need no boundary at all.
  if (Math.max(...z) < normalIsf(alpha / 2)) return undefined;
  const win = sign > 0 === (direction === 'up');
  const spending: Spending = { kind: win ? 'obrienFleming' : 'pocock' };
  const information = stages.map((stage) => stage.fraction);
  const clock = information.map((t, k) =>
    final && k === information.length - 1 ? 1 : Math.min(1, t),
  );
  const boundary = spendingBoundary({
    spending,
    alpha: alpha / 2,
    mirrored: false,
    information,
    clock,
  });
  const look = z.findIndex((value, k) => value >= (boundary.z[k] ?? Number.POSITIVE_INFINITY));
  return look === -1 ? undefined : { look, sign, boundary };
}

function interval(
  { drift, low, high }: { readonly drift: number; readonly low: number; readonly high: number },
  unit: number,
): { estimate: number; low: number; high: number } {
  const [a, b] = [low * unit, high * unit];
  return { estimate: drift * unit, low: Math.min(a, b), high: Math.max(a, b) };
}
