import { evaluate, type Flag } from '@assay/sdk';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flag, ruleset } from './rulesets.ts';

/** (χ² − df) / √(2 df): standard normal for many cells when the draw is uniform. */
function chiSquareZ(counts: readonly number[], expected: readonly number[]): number {
  const chi2 = counts.reduce((sum, n, i) => sum + (n - expected[i]!) ** 2 / expected[i]!, 0);
  const df = counts.length - 1;
  return (chi2 - df) / Math.sqrt(2 * df);
}
const variants = (n: number) => Array.from({ length: n }, (_, i) => `v${i}`);
function split(salt: string, weights: readonly number[], coverage = 100_000): Flag {
  const keys = variants(weights.length);
  return flag(
    [
      {
        id: 'r',
        experiment: 'e',
        salt,
        unit: 'userId',
        coverage,
        split: keys.map((k, i) => [k, weights[i]!] as const),
      },
    ],
    {
      variants: Object.fromEntries([...keys, 'none'].map((k) => [k, k])),
      default: { variant: 'none' },
    },
  );
}
const variantsOf = (f: Flag, ids: readonly string[]): string[] => {
  const rules = ruleset({ f });
  return ids.map((userId) => evaluate(rules, 'f', { userId }, '').variant ?? '');
};
const count = (given: readonly string[], keys: readonly string[]): number[] => {
  const counts = new Map<string, number>();
  for (const v of given) counts.set(v, (counts.get(v) ?? 0) + 1);
  return keys.map((k) => counts.get(k) ?? 0);
};
const users = Array.from({ length: 100_000 }, (_, i) => `user-${i}`);
const salts = ['k3v9x1a', 'q7f2m0z', 'a000000', 'zzzzzzz', 'b4b4b4b', '双十一'];

describe('a split', () => {
  it.each(salts)('with salt %s is uniform over a hundred variants', (salt) => {
    const given = count(variantsOf(split(salt, Array<number>(100).fill(1)), users), variants(100));
    expect(Math.abs(chiSquareZ(given, Array<number>(100).fill(1_000)))).toBeLessThan(4.5);
  });
  it('keeps its weights', () => {
    const given = count(
      variantsOf(split('k3v9x1a', [900_000, 90_000, 10_000]), users),
      variants(3),
    );
    expect(chiSquareZ(given, [90_000, 9_000, 1_000])).toBeLessThan(4.5);
  });
  it('never gives a variant of weight 0', () => {
    expect(count(variantsOf(split('k3v9x1a', [1, 0, 1]), users), ['v1'])).toEqual([0]);
  });
});

describe('two draws of one unit', () => {
  const pairs = salts.flatMap((a, i) => salts.slice(i + 1).map((b) => [a, b] as const));
  it.each(pairs)('by experiments with salts %s and %s are independent', (a, b) => {
    const [x, y] = [variantsOf(split(a, [1, 1]), users), variantsOf(split(b, [1, 1]), users)];
    const both = count(
      x.map((v, i) => v + y[i]!),
      ['v0v0', 'v0v1', 'v1v0', 'v1v1'],
    );
    const z = (both[0]! + both[3]! - both[1]! - both[2]!) / Math.sqrt(users.length);
    expect(Math.abs(z)).toBeLessThan(4.5);
  });
  it('for coverage and for the variant are independent', () => {
    const enrolled = variantsOf(split('k3v9x1a', [1, 1], 20_000), users).filter(
      (v) => v !== 'none',
    );
    expect(Math.abs(enrolled.length - 20_000)).toBeLessThan(4.5 * Math.sqrt(16_000));
    const [v0, v1] = count(enrolled, ['v0', 'v1']);
    expect(Math.abs(v0! - v1!)).toBeLessThan(4.5 * Math.sqrt(enrolled.length));
  });
});

describe('a ramp-up', () => {
  const anyId = fc
    .oneof(fc.string(), fc.uuid(), fc.integer().map(String))
    .filter((id) => id !== '');
  const anyWeights = fc
    .array(fc.integer({ min: 0, max: 1_000 }), { minLength: 2, maxLength: 5 })
    .filter((w) => w.some((x) => x > 0));
  it('moves nobody: who is in stays in the same variant', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyId, { minLength: 20, maxLength: 20 }),
        anyWeights,
        fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 2, maxLength: 6 }),
        (ids, weights, steps) => {
          const ramp = steps.toSorted((a, b) => a - b);
          const stages = ramp.map((coverage) =>
            variantsOf(split('k3v9x1a', weights, coverage), ids),
          );
          for (const [i, stage] of stages.slice(1).entries())
            for (const [u, before] of stages[i]!.entries())
              expect(before === 'none' || before === stage[u]).toBe(true);
        },
      ),
    );
  });
  it('and back again restores everybody', () => {
    const at = (coverage: number) =>
      variantsOf(split('k3v9x1a', [1, 2], coverage), users.slice(0, 1_000));
    const before = at(30_000);
    at(90_000);
    expect(at(30_000)).toEqual(before);
  });
});
