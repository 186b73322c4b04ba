/** Days to gather units, with rounding as an experiment needs it. */
export interface DurationRules {
  /** Shortest run in days: a week, so that every weekday is in. */
  readonly minimum: number;
  /** Rounded up to a multiple of this many days. */
  readonly step: number;
}

export const WHOLE_WEEKS: DurationRules = { minimum: 7, step: 7 };

/**
 * Whole weeks for `days` of traffic. @example wholeDays(20, { minimum: 7, step: 7 }) // 21
 */
export function wholeDays(days: number, { minimum, step }: DurationRules = WHOLE_WEEKS): number {
  return Math.ceil(Math.max(Math.ceil(days), minimum) / step) * step;
}

/**
 * Day on which cumulative distinct units reach `units`. `growth[d]` is their number after d + 1 days; it bends because
 * people return. Past its end it goes on with the slope of its last week. Null when it never gets there.
 * @example dayOf(150, [100, 140, 160]) // 2.5
 */
export function dayOf(units: number, growth: readonly number[]): number | null {
  if (units <= 0) return 0;
  const at = growth.findIndex((n) => n >= units);
  if (at >= 0) {
    const before = growth[at - 1] ?? 0;
    return at + (units - before) / (growth[at]! - before);
  }
  const slope = tailSlope(growth);
  return slope > 0 ? growth.length + (units - growth.at(-1)!) / slope : null;
}

/** Cumulative units after a (fractional) number of days. @example unitsBy(4, [100, 140, 160]) // 190 */
export function unitsBy(day: number, growth: readonly number[]): number {
  if (day >= growth.length) return growth.at(-1)! + (day - growth.length) * tailSlope(growth);
  const whole = Math.floor(day);
  const before = growth[whole - 1] ?? 0;
  return before + (day - whole) * (growth[whole]! - before);
}

function tailSlope(growth: readonly number[]): number {
  const last = growth.length - 1;
  if (last < 0) return 0;
  const from = Math.max(0, last - 7);
  return from === last ? growth[last]! : (growth[last]! - growth[from]!) / (last - from);
}
