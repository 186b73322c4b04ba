export interface SplitPart {
  readonly label: string;
  /** In buckets, [from, to). */
  readonly from: number;
  readonly to: number;
  /** A CSS colour; absent for a part that belongs to nobody here. */
  readonly color?: string | undefined;
}
export interface SplitGeometry {
  readonly parts: readonly (SplitPart & { readonly x: number; readonly width: number })[];
  /** Where the unit's bucket falls; null when it is unknown. */
  readonly marker: { readonly x: number; readonly anchor: 'start' | 'end' } | null;
}

/** A bar of buckets cut into parts, with 1 px between them, and where one unit falls. */
export function splitGeometry(
  parts: readonly SplitPart[],
  bucket: number | null,
  total: number,
  width: number,
): SplitGeometry {
  const at = (value: number): number => (value / total) * width;
  return {
    parts: parts.map((part, i) => {
      const x = at(part.from) + (i === 0 ? 0 : 1);
      return { ...part, x, width: Math.max(at(part.to) - x, 1) };
    }),
    marker:
      bucket === null
        ? null
        : { x: at(bucket), anchor: at(bucket) > width * 0.85 ? 'end' : 'start' },
  };
}
