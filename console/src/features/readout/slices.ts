import type { Breakdown, Interval } from '@assay/server/contract';

export type SliceRow = {
  /** Values of the attributes, empty where they were not sent. */
  readonly name: string;
  readonly share: number;
  readonly relative: Interval | null;
  readonly tone: 'win' | 'lose' | 'neutral';
};

/** The slices of one variant, the largest first. A colour only where the interval leaves 0. */
export function sliceResults(
  breakdown: Breakdown,
  variant: string,
  direction: 'up' | 'down',
): SliceRow[] {
  return breakdown.slices
    .flatMap((slice): SliceRow[] => {
      const result = slice.results.find((r) => r.variant === variant);
      if (result === undefined) return [];
      return [
        {
          name: slice.slice.join(' · '),
          share: slice.share,
          relative: result.relative,
          tone: toneOf(result.relative, direction),
        },
      ];
    })
    .toSorted((a, b) => b.share - a.share);
}

function toneOf(relative: Interval | null, direction: 'up' | 'down'): SliceRow['tone'] {
  if (relative === null) return 'neutral';
  const { low, high } = relative;
  if (low !== null && low > 0) return direction === 'up' ? 'win' : 'lose';
  if (high !== null && high < 0) return direction === 'up' ? 'lose' : 'win';
  return 'neutral';
}
