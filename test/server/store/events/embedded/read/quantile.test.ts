import { quantile7 } from '@assay/server/store/events/embedded/read/quantile';
import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Case {
  readonly id: string;
  readonly method: string;
  readonly inputs: { readonly values: number[]; readonly p: number };
  readonly expected: { readonly value: number };
}
const { cases } = JSON.parse(
  readFileSync(new URL('../../../../../golden/stats/10_quantile.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };
const golden = cases.filter((c) => c.method === 'quantile_type7');

describe('quantile7', () => {
  it.each(golden)('$id', ({ inputs, expected }) => {
    expect(quantile7(Float64Array.from(inputs.values), inputs.p)).toBeCloseTo(expected.value, 10);
  });
  it('has golden cases', () => {
    expect(golden).toHaveLength(5);
  });
  it('is what sorting gives, whatever the order', () => {
    const value = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const sorted = values.toSorted((a, b) => a - b);
          const h = (values.length - 1) * q;
          const i = Math.floor(h);
          const low = sorted[i]!;
          const high = sorted[Math.min(i + 1, values.length - 1)]!;
          expect(quantile7(Float64Array.from(values), q)).toBeCloseTo(
            low + (h - i) * (high - low),
            6,
          );
        },
      ),
    );
  });
  it('of nothing is nothing', () => {
    expect(quantile7(new Float64Array(), 0.5)).toBeNaN();
  });
  it('takes a million equal or rising values in well under a second', () => {
    const started = performance.now();
    quantile7(new Float64Array(1_000_000).fill(7), 0.999);
    quantile7(
      Float64Array.from({ length: 1_000_000 }, (_, i) => i),
      0.999,
    );
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
