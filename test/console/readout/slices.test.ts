import type { Breakdown } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import { sliceResults } from '@assay/console/features/readout/slices';

const slice = (
  name: string[],
  share: number,
  [low, high]: [number, number],
): Breakdown['slices'][number] => ({
  slice: name,
  share,
  units: {},
  results: [
    {
      variant: 'one-page',
      value: 0.1,
      absolute: { estimate: 0, low: 0, high: 0 },
      relative: { estimate: (low + high) / 2, low, high },
      pValue: 0.1,
      notes: [],
    },
  ],
});
const breakdown: Breakdown = {
  metric: 'm',
  by: ['platform'],
  differs: [],
  slices: [
    slice(['web'], 0.27, [-0.02, 0.15]),
    slice(['ios'], 0.38, [0.04, 0.14]),
    slice([''], 0.35, [-0.2, -0.1]),
  ],
};

describe('sliceResults', () => {
  it('puts the largest first and colours only what leaves 0', () => {
    expect(sliceResults(breakdown, 'one-page', 'up').map((r) => [r.name, r.tone])).toEqual([
      ['ios', 'win'],
      ['', 'lose'],
      ['web', 'neutral'],
    ]);
  });
  it('turns the colours where falling is good', () => {
    expect(sliceResults(breakdown, 'one-page', 'down').map((r) => r.tone)).toEqual([
      'lose',
      'win',
      'neutral',
    ]);
  });
  it('has nothing for a variant without results', () => {
    expect(sliceResults(breakdown, 'other', 'up')).toEqual([]);
  });
});
