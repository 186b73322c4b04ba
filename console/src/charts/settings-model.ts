import { area, line } from 'd3-shape';
import { position } from './axis.ts';
import { normalPdf, normalQuantile } from './normal.ts';

export interface SettingsInput {
  /** False alarms, two-sided. */
  readonly alpha: number;
  /** Chance of a significant result at the wanted lift. */
  readonly power: number;
  readonly width: number;
  readonly height: number;
}
export interface SettingsGeometry {
  readonly none: string;
  readonly real: string;
  readonly falseAlarms: readonly [string, string];
  readonly missed: string;
  readonly found: string;
  readonly threshold: number;
  readonly floor: number;
  readonly centres: { readonly none: number; readonly real: number };
}

const top = 64;

/** Two sampling distributions of z: nothing there, and the wanted lift; cut by the threshold of a win. */
export function settingsGeometry({ alpha, power, width, height }: SettingsInput): SettingsGeometry {
  const cut = normalQuantile(1 - alpha / 2);
  const shift = cut + normalQuantile(power);
  const low = -3.5;
  const high = Math.max(shift + 3.5, cut + 1);
  const x = position([low, high], [20, width - 20]);
  const floor = height - 18;
  const height1 = (floor - top) / normalPdf(0);
  const y =
    (mean: number) =>
    (z: number): number =>
      floor - height1 * normalPdf(z - mean);
  const shape = (mean: number, from: number, to: number): string =>
    area<number>(x, floor, y(mean))(steps(from, to)) ?? '';
  const outline = (mean: number): string =>
    line<number>(x, y(mean))(steps(Math.max(low, mean - 3.6), Math.min(high, mean + 3.6))) ?? '';
  return {
    none: outline(0),
    real: outline(shift),
    falseAlarms: [shape(0, low, -cut), shape(0, cut, 3.6)],
    missed: shape(shift, Math.max(low, shift - 3.6), cut),
    found: shape(shift, cut, high),
    threshold: x(cut),
    floor,
    centres: { none: x(0), real: x(shift) },
  };
}

function steps(from: number, to: number): number[] {
  if (!(to > from)) return [];
  return Array.from({ length: 61 }, (_, i) => from + ((to - from) * i) / 60);
}
