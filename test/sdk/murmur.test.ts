import { bucket, draw, murmur3 } from '@assay/sdk';
import * as fc from 'fast-check';
import oracle from 'murmurhash';
import { expect, it } from 'vitest';

const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)),
  maxLength: 40,
});
const oftenAscii = fc.string({
  unit: fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength: 1, maxLength: 6 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
  ),
});

it.each([
  ['any code units, lone surrogates too', anyText],
  ['mostly ASCII, now and then not', oftenAscii],
])('murmur3 agrees with the npm package murmurhash on %s', (_, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(murmur3(text)).toBe(oracle.v3(text, 0));
    }),
    { numRuns: 5_000 },
  );
});

it('agrees on units hashed after a kept salt, at every alignment of the seam', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), anyText, (salt, unit) => {
      const hash = oracle.v3(`${salt}:${unit}`, 0);
      const place = Math.floor((hash * 1_000_000) / 2 ** 32);
      expect(bucket(draw(salt, ':'), 1_000_000, unit)).toBe(place);
    }),
    { numRuns: 5_000 },
  );
});
