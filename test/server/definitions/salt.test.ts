import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeSalt } from '@assay/server/definitions/salt';

it('takes 7 characters of [a-z0-9] from the random bytes', () => {
  expect(makeSalt(() => Uint8Array.from([0, 1, 25, 26, 35, 36, 251]))).toBe('abz09a9');
});

it('passes over bytes that would make some characters likelier', () => {
  const bytes = [252, 253, 254, 255, 0, 0, 0, 0, 0, 0, 0];
  expect(makeSalt(() => Uint8Array.from(bytes))).toBe('aaaaaaa');
});

it('is always 7 of [a-z0-9]', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(255)), (bytes) => {
      const salt = makeSalt((n) =>
        Uint8Array.from({ length: n }, () => Number(bytes.next().value)),
      );
      expect(salt).toMatch(/^[a-z0-9]{7}$/);
    }),
  );
});
