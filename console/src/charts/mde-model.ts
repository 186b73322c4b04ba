import { curveMonotoneX, line } from 'd3-shape';
import { position, ticks, type Domain, type Tick } from './axis.ts';

export interface MdeCurve {
  readonly points: readonly (readonly [day: number, mde: number])[];
}
export interface MdeInput {
  /** The main curve first. */
  readonly curves: readonly MdeCurve[];
  readonly mde: number;
  readonly enrolDays: number | null;
  readonly maturationDays: number;
  readonly width: number;
  readonly height: number;
}
export interface MdeGeometry {
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly paths: readonly string[];
  /**
   * Where to name each curve, towards its end, the lower of two below itself; null where the crossing or a narrow
   * picture leaves no room.
   */
  readonly labels: readonly ({
    readonly x: number;
    readonly y: number;
    readonly below: boolean;
  } | null)[];
  readonly enrol: { readonly x: number; readonly width: number } | null;
  readonly mature: { readonly x: number; readonly width: number } | null;
  /** Where the main curve first reaches the wanted lift. */
  readonly cross: {
    readonly x: number;
    readonly y: number;
    readonly day: number;
    /** No other curve runs under it here. */
    readonly freeBelow: boolean;
  } | null;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly Tick[];
  readonly days: number;
}

/** The smallest detectable lift by day of enrolment, with the plan's zones. */
export function mdeGeometry(input: MdeInput): MdeGeometry {
  const { curves, mde, enrolDays, maturationDays, width, height } = input;
  const main = curves[0]?.points ?? [];
  const planned = (enrolDays ?? 0) + maturationDays;
  const days = axisDays(planned, main.at(-1)?.[0] ?? 0);
  const plot = { left: 44, right: width - 16, top: 14, bottom: height - 60 };
  const domain: Domain = [0, yTop(main, mde)];
  const x = position([0, days], [plot.left, plot.right]);
  const y = position(domain, [plot.bottom, plot.top]);
  const shown = curves.map(({ points }) =>
    points.filter(([day, value]) => value <= domain[1] && day <= days),
  );
  const path = line<readonly [number, number]>(
    (p) => x(p[0]),
    (p) => y(p[1]),
  ).curve(curveMonotoneX);
  const day = firstBelow(main, mde);
  const crowded = width < 440 || (day !== null && day > days / 2);
  const zone = (from: number, to: number): { x: number; width: number } => ({
    x: x(Math.min(from, days)),
    width: x(Math.min(to, days)) - x(Math.min(from, days)),
  });
  return {
    plot,
    paths: shown.map((points) => path(points) ?? ''),
    labels: shown.map((points, i) => {
      const spot = crowded ? undefined : points.findLast(([d]) => d <= days * 0.8);
      return spot === undefined
        ? null
        : { x: x(spot[0]), y: y(spot[1]), below: isLowest(curves, i, spot) };
    }),
    enrol: enrolDays === null ? null : zone(0, enrolDays),
    mature: enrolDays === null || maturationDays === 0 ? null : zone(enrolDays, planned),
    cross:
      day === null || day > days
        ? null
        : {
            x: x(day),
            y: y(mde),
            day: Math.ceil(day),
            freeBelow: isLowest(curves, 0, [day, mde]),
          },
    yTicks: ticks(domain, [plot.bottom, plot.top], 5).filter((t) => t.value > 0),
    xTicks: weekTicks(days, width).map((value) => ({ value, at: x(value) })),
    days,
  };
}

/**
 * The (fractional) day on which the falling curve reaches `mde`; null when it never does.
 * @example firstBelow([[1, 0.1], [2, 0.06]], 0.08) // 1.5
 */
export function firstBelow(
  points: readonly (readonly [number, number])[],
  mde: number,
): number | null {
  const index = points.findIndex(([, value]) => value <= mde);
  const reached = points[index];
  if (reached === undefined) return null;
  const before = points[index - 1];
  if (before === undefined) return reached[0];
  return before[0] + ((reached[0] - before[0]) * (before[1] - mde)) / (before[1] - reached[1]);
}

/** Does every other curve lie above this one's point? */
function isLowest(
  curves: readonly MdeCurve[],
  own: number,
  [day, value]: readonly [number, number],
): boolean {
  return curves.every((curve, i) => {
    const near = curve.points.find(([d]) => d >= day);
    return i === own || near === undefined || near[1] >= value;
  });
}

/** The plan and as much again after it, in whole weeks, within what the curve knows. */
function axisDays(planned: number, known: number): number {
  const wanted = Math.ceil(Math.max(planned * 1.6, 14) / 7) * 7;
  return known > 0 ? Math.min(wanted, Math.max(known, 7)) : wanted;
}
function yTop(points: readonly (readonly [number, number])[], mde: number): number {
  const first = points[0]?.[1] ?? mde * 3;
  return Math.min(Math.max(mde * 3.4, 0.005), Math.max(first, mde * 1.5));
}
function weekTicks(days: number, width: number): number[] {
  const room = Math.max(2, Math.floor(width / 100));
  const step = [7, 14, 28, 56, 84].find((s) => days / s <= room) ?? 112;
  return Array.from({ length: Math.floor(days / step) + 1 }, (_, i) => i * step);
}
