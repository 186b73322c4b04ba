import { area, line } from 'd3-shape';
import { position, ticks, type Domain, type Tick } from './axis.ts';

export interface LiftDay {
  /** ISO date. */
  readonly day: string;
  readonly units: number;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly low80: number | null;
  readonly high80: number | null;
}
export interface LiftInput {
  readonly days: readonly LiftDay[];
  /** Days on the axis: the plan, or as many as there are. */
  readonly length: number;
  readonly mde: number | undefined;
  readonly width: number;
  readonly height: number;
}
export interface LiftPoint {
  readonly x: number;
  readonly y: number | null;
  readonly low: number;
  readonly high: number;
  readonly low80: number;
  readonly high80: number;
  readonly bar: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}
export interface LiftGeometry {
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly band95: string;
  readonly band80: string;
  readonly line: string;
  readonly points: readonly LiftPoint[];
  readonly zero: number;
  readonly mde: number | null;
  readonly yTicks: readonly Tick[];
  readonly xTicks: readonly { readonly index: number; readonly at: number }[];
  /** Where the part that is still to come begins; null when nothing is. */
  readonly future: number | null;
  readonly barFloor: number;
}

const left = 46;
const rightPad = 14;
const top = 26;
const below = 58;

/** Positions of the lift by day: bands, line, exposure bars, future. */
export function liftGeometry(input: LiftInput): LiftGeometry {
  const { days, width, height } = input;
  const length = Math.max(input.length, days.length, 2);
  const plot = { left, right: width - rightPad, top, bottom: height - below };
  const x = position([0, length - 1], [plot.left, plot.right]);
  const domain = liftDomain(days, input.mde);
  const y = position(domain, [plot.bottom, plot.top]);
  const clamp = (value: number): number => Math.min(Math.max(y(value), plot.top), plot.bottom);
  const barFloor = height - 22;
  const most = Math.max(1, ...days.map((d) => d.units));
  const barWidth = Math.max(2, Math.min(18, (x(1) - x(0)) * 0.6));
  const points = days.map((d, i): LiftPoint => {
    const h = (d.units / most) * 28;
    return {
      x: x(i),
      y: d.estimate === null ? null : clamp(d.estimate),
      low: d.low === null ? plot.bottom : clamp(d.low),
      high: d.high === null ? plot.top : clamp(d.high),
      low80: d.low80 === null ? plot.bottom : clamp(d.low80),
      high80: d.high80 === null ? plot.top : clamp(d.high80),
      bar: { x: x(i) - barWidth / 2, y: barFloor - h, width: barWidth, height: h },
    };
  });
  const drawn = points.filter((p) => p.y !== null);
  return {
    plot,
    points,
    band95:
      area<LiftPoint>(
        (p) => p.x,
        (p) => p.low,
        (p) => p.high,
      )(drawn) ?? '',
    band80:
      area<LiftPoint>(
        (p) => p.x,
        (p) => p.low80,
        (p) => p.high80,
      )(drawn) ?? '',
    line:
      line<LiftPoint>(
        (p) => p.x,
        (p) => p.y ?? 0,
      )(drawn) ?? '',
    zero: y(0),
    mde: input.mde === undefined ? null : y(input.mde),
    yTicks: ticks(domain, [plot.bottom, plot.top], 5),
    xTicks: dayTicks(length, width).map((index) => ({ index, at: x(index) })),
    future: days.length > 0 && days.length < length ? x(days.length - 1) : null,
    barFloor,
  };
}

/** The first days are wide and noisy; the axis is set by the rest, and what leaves it is clipped. */
export function liftDomain(days: readonly LiftDay[], mde: number | undefined): Domain {
  const settled = days.slice(Math.floor(days.length / 3));
  const values = settled.flatMap((d) => [d.low, d.high, d.estimate]).filter((v) => v !== null);
  const all = [0, ...(mde === undefined ? [] : [mde]), ...values];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const pad = Math.max((high - low) * 0.15, 0.005);
  return [low - pad, high + pad];
}

/**
 * The 1-based day from which the interval stays on one side of 0 to the end, or null.
 * @example clearSince([{ low: -1, high: 2 }, { low: 0.1, high: 2 }]) // { day: 2, side: 'above' }
 */
export function clearSince(
  days: readonly Pick<LiftDay, 'low' | 'high'>[],
): { day: number; side: 'above' | 'below' } | null {
  const sideOf = (d: Pick<LiftDay, 'low' | 'high'>): 'above' | 'below' | null => {
    if (d.low !== null && d.low > 0) return 'above';
    return d.high !== null && d.high < 0 ? 'below' : null;
  };
  const sides = days.map(sideOf);
  const side = sides.at(-1) ?? null;
  if (side === null) return null;
  let first = sides.length - 1;
  while (first > 0 && sides[first - 1] === side) first -= 1;
  return { day: first + 1, side };
}

function dayTicks(length: number, width: number): number[] {
  const room = Math.max(2, Math.floor(width / 110));
  const step = [1, 2, 5, 7, 10, 14, 28, 56].find((s) => length / s <= room) ?? 112;
  return Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
}
