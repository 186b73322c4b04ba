import type { Plan } from '@assay/server/contract';
import { at } from '../../charts/power-model.ts';
import { unitsBy, weeksFor, type Growth } from './growth.ts';
import { varianceAt, type Inputs } from './inputs.ts';

type Curve = readonly (readonly [number, number])[];
/** A plan as it will really run: in whole weeks there are more units than asked for, and so more power. */
export type Outlook = {
  readonly perGroup: number;
  /** Whole run, null when the traffic never suffices, undefined when the traffic is unknown. */
  readonly days: number | null | undefined;
  readonly enrolDays: number | null;
  /** Units per group at the end of enrolment. */
  readonly reached: number;
  /** Power at the wanted lift with those units. */
  readonly power: number;
  /** [lift without sign, power] with those units. */
  readonly curve: Curve;
};

/**
 * From the plan's own figures. With k times the units a lift is as visible as a √k times larger one was, so the power
 * curve shrinks by √k along its axis.
 */
export function outlookOf(plan: Plan, inputs: Inputs): Outlook {
  const perGroup = plan.unitsPerVariant[0] ?? 0;
  const { days } = plan;
  const enrolDays = typeof days === 'number' ? Math.max(0, days - inputs.mature) : null;
  const reached =
    enrolDays === null
      ? perGroup
      : Math.max(perGroup, Math.floor(unitsBy(enrolDays, inputs.growth) / inputs.groups));
  const shrink = Math.sqrt(reached / perGroup);
  const curve = plan.powerCurve.map(([lift, power]) => [Math.abs(lift) / shrink, power] as const);
  return {
    perGroup,
    days,
    enrolDays,
    reached,
    power: at(curve, Math.abs(inputs.lift)) ?? plan.achievedPower,
    curve,
  };
}

/**
 * The smallest detectable lift by day of enrolment. The server gives it by week of the whole run; between weeks it
 * goes with 1 / √units. Without signs.
 */
export function mdeByEnrolDay(plan: Plan, growth: Growth, mature: number): Curve {
  const known = plan.mdeByDay
    .map(([day, mde]) => ({ day: day - mature, mde: Math.abs(mde) }))
    .filter(({ day }) => day > 0);
  const last = known.at(-1);
  if (last === undefined) return [];
  return Array.from({ length: Math.floor(last.day) }, (_, i) => i + 1).flatMap((day) => {
    const near = known.find((point) => point.day >= day) ?? last;
    const units = unitsBy(day, growth);
    return units <= 0
      ? []
      : [[day, near.mde * Math.sqrt(unitsBy(near.day, growth) / units)] as const];
  });
}

/**
 * Units per group for another lift, from a plan for one: n ∝ (V₀ + V(δ)) / δ², whatever the method, alpha and power.
 */
export function unitsForLift(
  perGroup: number,
  inputs: Inputs,
  { from, to }: { from: number; to: number },
): number {
  const need = (lift: number): number =>
    (varianceAt(inputs, 0) + varianceAt(inputs, lift)) / lift ** 2;
  return Math.ceil((perGroup * need(to)) / need(from));
}

export type GridCell = {
  readonly lift: number;
  readonly groups: number;
  readonly use: number;
  /** Whole weeks with maturation; null when never. */
  readonly weeks: number | null;
  readonly reach: 'near' | 'middle' | 'far' | 'out';
};
/** What each lift costs in weeks with this many groups and this share of the traffic. */
export function gridCell(
  inputs: Inputs,
  reference: { readonly perGroup: number; readonly lift: number },
  wish: { readonly lift: number; readonly groups: number; readonly use: number },
): GridCell {
  const units = unitsForLift(reference.perGroup, inputs, { from: reference.lift, to: wish.lift });
  const growth = inputs.growth.map((n) => (n * wish.use) / inputs.use);
  const weeks = weeksFor(units * wish.groups, growth, inputs.mature);
  return { ...wish, weeks, reach: reachOf(weeks) };
}
export const longestWeeks = 52;
function reachOf(weeks: number | null): GridCell['reach'] {
  if (weeks === null || weeks > 12) return 'out';
  if (weeks > 5) return 'far';
  return weeks > 3 ? 'middle' : 'near';
}
