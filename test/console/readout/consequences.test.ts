import { describe, expect, it } from 'vitest';
import { changesOf } from '@assay/console/features/readout/consequences';

const experiment = {
  variants: [
    { key: 'classic', weight: 1, name: 'Classic' },
    { key: 'one-page', weight: 1, name: 'One page' },
  ],
  control: 'classic',
  coverage: 100_000,
};
const units = { classic: 48_210, 'one-page': 48_403 };

describe('changesOf', () => {
  it.each([
    ['shipping B moves the half that has A', experiment, 'one-page', 0.5],
    ['rolling back moves the half that has B', experiment, null, 0.5],
    [
      'shipping B moves all who do not take part, and half of those who do',
      { ...experiment, coverage: 10_000 },
      'one-page',
      0.95,
    ],
    [
      'rolling back moves half of those who take part',
      { ...experiment, coverage: 10_000 },
      null,
      0.05,
    ],
  ] as const)('%s', (...[, given, shipped, expected]) => {
    expect(changesOf(given, units, shipped).moved).toBe(expected);
  });

  it('goes by the weights before anybody was exposed', () => {
    const given = {
      ...experiment,
      variants: [
        { key: 'classic', weight: 9 },
        { key: 'one-page', weight: 1 },
      ],
    };
    expect(changesOf(given, {}, 'one-page').moved).toBe(0.9);
  });

  it('names who gets what', () => {
    expect(changesOf(experiment, units, 'one-page').to).toMatchObject({
      letter: 'B',
      name: 'One page',
    });
    expect(changesOf(experiment, units, null).to).toMatchObject({ letter: 'A', name: 'Classic' });
  });
});
