import { area, line } from 'd3-shape';
import { position, ticks, type Domain, type Tick } from './axis.ts';
import { normalCdf, normalPdf } from './normal.ts';

export interface DensityInput {
  readonly estimate: number;
  readonly standardError: number;
  /** The lift worth finding, signed to the good side; absent when no plan says it. */
  readonly mde: number | undefined;
  readonly good: 'up' | 'down';
  readonly width: number;
  readonly height: number;
}
export interface DensityGeometry {
  /** Areas: on the harmful side of 0, between 0 and the MDE, beyond the MDE. */
  readonly harm: string;
  readonly some: string;
  readonly beyond: string;
  readonly outline: string;
  readonly zero: number;
  readonly mde: number | null;
  readonly floor: number;
  readonly peak: number;
  readonly ticks: readonly Tick[];
  /** Where a caption finds room, and on which side of the curve. */
  readonly caption: { readonly x: number; readonly anchor: 'start' | 'end' };
}

const side = 14;
const top = 34;
const below = 40;

/** The plausible true lifts as a normal curve around the estimate. */
export function densityGeometry(input: DensityInput): DensityGeometry {
  const { estimate, standardError: se, mde, good, width, height } = input;
  const domain = densityDomain(estimate, se, mde);
  const x = position(domain, [side, width - side]);
  const floor = height - below;
  const y = (value: number): number =>
    floor - (floor - top) * (normalPdf((value - estimate) / se) / normalPdf(0));
  const shape = (from: number, to: number): string =>
    area<number>(x, floor, y)(steps(Math.max(from, domain[0]), Math.min(to, domain[1]))) ?? '';
  const threshold = mde ?? 0;
  const up = good === 'up';
  const farRight = domain[1] - estimate > estimate - domain[0];
  return {
    harm: up ? shape(domain[0], 0) : shape(0, domain[1]),
    some: up ? shape(0, threshold) : shape(threshold, 0),
    beyond: up
      ? shape(Math.max(0, threshold), domain[1])
      : shape(domain[0], Math.min(0, threshold)),
    outline: line<number>(x, y)(steps(...domain)) ?? '',
    zero: x(0),
    mde: mde === undefined ? null : x(mde),
    floor,
    peak: x(estimate),
    ticks: ticks(domain, [side, width - side], 5),
    caption: { x: x(estimate + (farRight ? 1.7 : -1.7) * se), anchor: farRight ? 'start' : 'end' },
  };
}

/** P(true lift lies beyond `threshold` on the good side), normal approximation. */
export function chanceBeyond(
  estimate: number,
  se: number,
  threshold: number,
  good: 'up' | 'down',
): number {
  const z = (estimate - threshold) / se;
  return normalCdf(good === 'up' ? z : -z);
}

/** Holds the curve, 0 and the MDE, and leaves a caption's room beside the curve. */
function densityDomain(estimate: number, se: number, mde: number | undefined): Domain {
  const marks = [0, ...(mde === undefined ? [] : [mde])];
  const low = Math.min(estimate - 4 * se, ...marks);
  const high = Math.max(estimate + 4 * se, ...marks);
  const pad = (high - low) * 0.08;
  return estimate >= 0 ? [low - pad, high + 3 * pad] : [low - 3 * pad, high + pad];
}
function steps(from: number, to: number): number[] {
  if (!(to > from)) return [];
  return Array.from({ length: 81 }, (_, i) => from + ((to - from) * i) / 80);
}
