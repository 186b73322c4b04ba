/** Cumulative distinct units after each day; past its end it goes on with the slope of its last week. */
export type Growth = readonly number[];

/** Units after so many days. @example unitsBy(4, [100, 140, 160]) // 190 */
export function unitsBy(day: number, growth: Growth): number {
  const last = growth.at(-1);
  if (last === undefined || day <= 0) return 0;
  if (day >= growth.length) return last + (day - growth.length) * tailSlope(growth);
  const whole = Math.floor(day);
  const before = growth[whole - 1] ?? 0;
  return before + (day - whole) * ((growth[whole] ?? before) - before);
}

/** The day on which so many units are there; null when that never happens. @example dayOf(150, [100, 140, 160]) // 2.5 */
export function dayOf(units: number, growth: Growth): number | null {
  const at = growth.findIndex((n) => n >= units);
  const reached = growth[at];
  if (reached !== undefined) {
    const before = growth[at - 1] ?? 0;
    return at + (units - before) / (reached - before);
  }
  const last = growth.at(-1);
  const slope = tailSlope(growth);
  return last !== undefined && slope > 0 ? growth.length + (units - last) / slope : null;
}

/** Whole weeks until so many units are there and their outcome is known; null when never. */
export function weeksFor(units: number, growth: Growth, maturationDays: number): number | null {
  const day = dayOf(units, growth);
  return day === null ? null : Math.max(1, Math.ceil(Math.ceil(day + maturationDays) / 7));
}

/** A share of the traffic brings that share of the units. */
export function scaled(growth: Growth, share: number): number[] {
  return growth.map((units) => units * share);
}

function tailSlope(growth: Growth): number {
  const last = growth.length - 1;
  const from = Math.max(0, last - 7);
  const top = growth[last] ?? 0;
  return from === last ? top : (top - (growth[from] ?? 0)) / (last - from);
}
