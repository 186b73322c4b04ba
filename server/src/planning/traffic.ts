import type { PlanBody } from '../contract/planning.ts';
import { dayOf, unitsBy, WHOLE_WEEKS, wholeDays } from '../stats/duration.ts';

/** How units arrive. */
export interface Traffic {
  /** Units whose window has passed after so many days. */
  readonly unitsBy: (day: number) => number;
  /** Whole weeks until so many units are in and their window has passed; null when they never will be. */
  readonly wholeDaysFor: (units: number) => number | null;
  /** The same before rounding and without maturation. */
  readonly daysFor: (units: number) => number | null;
}

/** From the measured growth of distinct units where there is one, else a straight line; undefined without either. */
export function trafficOf({
  growth,
  unitsPerDay,
  maturationDays,
  ...body
}: PlanBody): Traffic | undefined {
  const eligible = growth ?? (unitsPerDay === undefined ? [] : [unitsPerDay]);
  const curve = eligible.map((units) => units * (body.exposure ?? 1));
  const rules = {
    minimum: body.minDays ?? WHOLE_WEEKS.minimum,
    step: body.roundToDays ?? WHOLE_WEEKS.step,
  };
  if (curve.length === 0) return undefined;
  return {
    unitsBy: (day) => (day <= maturationDays ? 0 : unitsBy(day - maturationDays, curve)),
    wholeDaysFor: (units) => {
      const day = dayOf(units, curve);
      return day === null ? null : wholeDays(day + maturationDays, rules);
    },
    daysFor: (units) => dayOf(units, curve),
  };
}
