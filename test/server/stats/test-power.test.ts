import { describe, expect, it } from 'vitest';
import { fixedTestPower, groupTestPower, sequenceTestPower } from '@assay/server/stats/test-power';

const level = { alpha: 0.05, sides: 2 } as const;

describe.each([
  ['fixed', fixedTestPower(level)],
  ['group sequential', groupTestPower(level, 5)],
  ['confidence sequence', sequenceTestPower(level)],
])('%s', (_, test) => {
  it('finds its distance with the wanted power', () => {
    for (const power of [0.5, 0.8, 0.9, 0.99])
      expect(test.power(test.distance(power))).toBeCloseTo(power, 9);
  });

  it('gains power with distance', () => {
    for (let d = 0; d < 6; d += 0.5) expect(test.power(d + 0.5)).toBeGreaterThan(test.power(d));
  });

  it('keeps its level without an effect', () => {
    expect(test.power(0)).toBeLessThanOrEqual(0.05 + 1e-12);
  });
});

it('costs what is published: 2.5 % more units for five looks', () => {
  const fixed = fixedTestPower(level).distance(0.8);
  expect((groupTestPower(level, 5).distance(0.8) / fixed) ** 2).toBeCloseTo(1.025, 3);
});
