import { isKey, keyOf } from '@assay/console/lib/key';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

it.each([
  ['One-page checkout', 'one-page-checkout'],
  ['  Café: day 1 or day 3? ', 'cafe-day-1-or-day-3'],
  ["Don't", 'dont'],
  ['v2.1_beta', 'v2.1_beta'],
  ['单页结账', ''],
  ['结账 v2', 'v2'],
  ['…', ''],
])('"%s" suggests "%s"', (name, key) => {
  expect(keyOf(name)).toBe(key);
});

it('suggests a valid key or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 140 }), (name) => {
      const key = keyOf(name);
      expect(key === '' || isKey(key)).toBe(true);
    }),
  );
});
