import { describe, expect, it } from 'vitest';
import { splitGeometry } from '@assay/console/charts/split-model';

// The design's layer: 60 / 20 / 20 % of 10,000 buckets on 560 px, a user in bucket 4,021.
const parts = [
  { label: 'One-page checkout 60%', from: 0, to: 6_000, color: 'var(--accent)' },
  { label: 'Guest checkout 20%', from: 6_000, to: 8_000 },
  { label: 'free 20%', from: 8_000, to: 10_000 },
];

describe('splitGeometry', () => {
  it('stands where the design has it', () => {
    const g = splitGeometry(parts, 4_021, 10_000, 560);
    expect(g.parts.map(({ x, width }) => [x, width])).toEqual([
      [0, 336],
      [337, 111],
      [449, 111],
    ]);
    expect(g.marker?.x).toBeCloseTo(225.176, 3);
    expect(g.marker?.anchor).toBe('start');
  });
  it('puts the name of a late bucket on the left of its arrow', () => {
    expect(splitGeometry(parts, 9_900, 10_000, 560).marker?.anchor).toBe('end');
  });
  it('has no marker for an unknown bucket', () => {
    expect(splitGeometry(parts, null, 10_000, 560).marker).toBeNull();
  });
});
