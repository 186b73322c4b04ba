import { scaleLinear } from 'd3-scale';

export type Domain = readonly [low: number, high: number];
export interface Tick {
  readonly value: number;
  readonly at: number;
}

/**
 * One axis for many intervals. It holds 0, every mark, and every interval that is not far wider than
 * the typical one; those are clipped with a chevron instead of flattening all others.
 * @example sharedDomain([[0.02, 0.13], [-0.05, 0.02]], [0.05]) // a little wider than [-0.05, 0.13]
 */
export function sharedDomain(spans: readonly Domain[], marks: readonly number[]): Domain {
  const finite = spans.filter(([low, high]) => Number.isFinite(low) && Number.isFinite(high));
  const typical = median(finite.map(([low, high]) => high - low));
  const shown = finite.filter(([low, high]) => high - low <= 4 * typical);
  const values = [0, ...marks, ...shown.flat()];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const pad = Math.max((high - low) * 0.08, 0.002);
  return [low - pad, high + pad];
}
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Round tick values inside the domain with their positions. */
export function ticks(domain: Domain, range: Domain, count: number): Tick[] {
  const scale = scaleLinear().domain(domain).range(range);
  return scale.ticks(count).map((value) => ({ value: value === 0 ? 0 : value, at: scale(value) }));
}

/** Maps a value of the domain to pixels; no clamping. */
export function position(domain: Domain, range: Domain): (value: number) => number {
  return scaleLinear().domain(domain).range(range);
}
