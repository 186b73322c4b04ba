import { line } from 'd3-shape';
import { position, ticks, type Domain, type Tick } from './axis.ts';

export interface PowerInput {
  /** [true lift, chance of a significant result], ordered by lift. */
  readonly curve: readonly (readonly [number, number])[];
  readonly mde: number;
  readonly power: number;
  readonly width: number;
  readonly height: number;
}
export interface PowerGeometry {
  readonly plot: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly path: string;
  readonly point: { readonly x: number; readonly y: number; readonly power: number } | null;
  readonly target: number;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
}

/** The chance of a significant result by true lift, with the point where the plan stands. */
export function powerGeometry(input: PowerInput): PowerGeometry {
  const { curve, mde, power, width, height } = input;
  const plot = { left: 44, right: width - 14, top: 12, bottom: height - 34 };
  const xs = curve.map(([lift]) => lift);
  const domain: Domain = [Math.min(0, ...xs), Math.max(mde, 0, ...xs)];
  const x = position(domain, [plot.left, plot.right]);
  const y = position([0, 1], [plot.bottom, plot.top]);
  const reached = at(curve, mde);
  return {
    plot,
    path:
      line<readonly [number, number]>(
        (p) => x(p[0]),
        (p) => y(p[1]),
      )([...curve]) ?? '',
    point: reached === null ? null : { x: x(mde), y: y(reached), power: reached },
    target: y(power),
    xTicks: ticks(domain, [plot.left, plot.right], Math.max(2, Math.floor(width / 85))),
    yTicks: [0, 0.5, 1].map((value) => ({ value, at: y(value) })),
  };
}

/**
 * The curve's height at x by straight lines between its points; null outside.
 * @example at([[0, 0], [2, 1]], 1) // 0.5
 */
export function at(curve: readonly (readonly [number, number])[], x: number): number | null {
  const next = curve.findIndex(([cx]) => cx >= x);
  const right = curve[next];
  if (right === undefined) return null;
  if (right[0] === x) return right[1];
  const left = curve[next - 1];
  if (left === undefined) return null;
  return left[1] + ((right[1] - left[1]) * (x - left[0])) / (right[0] - left[0]);
}
