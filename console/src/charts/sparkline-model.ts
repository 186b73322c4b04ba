import { area, line } from 'd3-shape';
import { position } from './axis.ts';

export interface SparkPoint {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}
export interface SparkGeometry {
  readonly band: string;
  readonly line: string;
  readonly zero: number;
}
interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/** A trend without axes: the interval as a band, the estimate as a line, 0 as a hairline in the middle. */
export function sparkGeometry(
  points: readonly SparkPoint[],
  width: number,
  height: number,
): SparkGeometry {
  const last = points.findLast((p) => p.estimate !== null);
  const reach = Math.max(1e-6, 1.6 * Math.max(Math.abs(last?.low ?? 0), Math.abs(last?.high ?? 0)));
  const x = position([0, Math.max(points.length - 1, 1)], [2, width - 2]);
  const scale = position([-reach, reach], [height - 1, 1]);
  const y = (value: number): number => Math.min(Math.max(scale(value), 1), height - 1);
  const drawn: Drawn[] = points.flatMap((p, i) =>
    p.estimate === null
      ? []
      : [
          {
            x: x(i),
            y: y(p.estimate),
            low: p.low === null ? height - 1 : y(p.low),
            high: p.high === null ? 1 : y(p.high),
          },
        ],
  );
  return {
    band:
      area<Drawn>(
        (p) => p.x,
        (p) => p.low,
        (p) => p.high,
      )(drawn) ?? '',
    line:
      line<Drawn>(
        (p) => p.x,
        (p) => p.y,
      )(drawn) ?? '',
    zero: scale(0),
  };
}
