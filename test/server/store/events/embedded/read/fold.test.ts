import { fold } from '@assay/server/store/events/embedded/read/fold';
import { covariance, merge, variance } from '@assay/server/stats/moments';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('fold', () => {
  it('gives means and centred co-moments by group', () => {
    const group = Int32Array.of(0, 0, 1, -1, 0);
    const columns = [Float64Array.of(1, 2, 9, 100, 6), Float64Array.of(4, 0, 1, 100, 2)];
    // By hand: (1 − 3)² + (2 − 3)² + (6 − 3)² = 14; −2·2 + −1·−2 + 3·0 = −2; 2² + 2² + 0 = 8.
    expect(fold(group, 3, columns)).toEqual([
      { n: 3, mean: [3, 2], comoment: [14, -2, 8] },
      { n: 1, mean: [9, 1], comoment: [0, 0, 0] },
      { n: 0, mean: [0, 0], comoment: [0, 0, 0] },
    ]);
  });
  it('two halves merged are the whole', () => {
    const row = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (rows) => {
        const columns = [0, 1].map((j) => Float64Array.from(rows, (r) => r[j] as number));
        const [a, b] = fold(
          Int32Array.from(rows, (r) => (r[2] ? 0 : 1)),
          2,
          columns,
        );
        const [all] = fold(new Int32Array(rows.length), 1, columns);
        const merged = merge(a!, b!);
        expect(merged.n).toBe(all!.n);
        expect(variance(merged)).toBeCloseTo(variance(all!), 0);
        expect(covariance(merged, 0, 1) / 1e6).toBeCloseTo(covariance(all!, 0, 1) / 1e6, 5);
      }),
    );
  });
  it('keeps the digits of money', () => {
    const money = Float64Array.from({ length: 1_000 }, (_, i) => 1e9 + (i % 2));
    expect(fold(new Int32Array(1_000), 1, [money])[0]).toEqual({
      n: 1_000,
      mean: [1e9 + 0.5],
      comoment: [250],
    });
  });
});
