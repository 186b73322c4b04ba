import { hashAfter, stateAfter, type HashState } from './murmur.ts';
import type { Split } from './ruleset.ts';

/** Coverage and holdout shares are thousandths of a percent. */
export const wholeShare = 100_000;
export const layerSlots = 10_000;

/** What is drawn for a unit: its variant, whether it is covered, its layer slot, whether it is held out. */
export type Draw = ':' | '/in:' | '/layer:' | '/holdout:';

/**
 * The hash of a salt and a draw, ready to take a unit. Each draw hashes its own text before the unit, so that none is
 * correlated with another.
 * @example bucket(draw('k3v9x1a', '/layer:'), layerSlots, 'u1') // 7507
 */
export function draw(salt: string, what: Draw): HashState {
  return stateAfter(salt + what);
}

/**
 * The unit's place among `scale` (at most 1,000,000) equal parts: floor(h · scale / 2^32), exact because the product
 * stays below 2^53.
 */
export function bucket(drawn: HashState, scale: number, unit: string): number {
  return (((hashAfter(drawn, unit) >>> 0) * scale) / 2 ** 32) | 0;
}

/** Cumulative weights; the last one is the total. */
export function bounds(split: Split): readonly number[] {
  let sum = 0;
  return split.map(([, weight]) => (sum += weight));
}

/** The index of the first variant whose cumulative weight lies above the unit's bucket. */
export function pick(drawn: HashState, cumulative: readonly number[], unit: string): number {
  const place = bucket(drawn, cumulative[cumulative.length - 1]!, unit);
  let index = 0;
  while (place >= cumulative[index]!) index++;
  return index;
}

/** Whether the slot lies in one of the half-open ranges. */
export function owns(ranges: readonly (readonly [number, number])[], slot: number): boolean {
  return ranges.some(([from, to]) => slot >= from && slot < to);
}
