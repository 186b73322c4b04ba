import { murmur3 } from '@assay/sdk';

/** 32 bits of a unit, to be mixed with many seeds. */
export function unitBits(unit: string): number {
  return murmur3(unit);
}

/** Which half a unit is in under a seed: 0 or 1, as independent as the finaliser of MurmurHash3 makes it. */
export function halfOf(bits: number, seed: number): 0 | 1 {
  return (mix(bits ^ mix(seed + 0x9e3779b9)) & 1) as 0 | 1;
}

/** Whether a unit is in a random part of the units, told by other bits than its half is. */
export function isPart(bits: number, part: number): boolean {
  return part >= 1 || mix(bits ^ 0x5bd1e995) / 4_294_967_296 < part;
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
