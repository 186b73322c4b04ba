import { readUuid, writeUuid } from '@assay/server/store/events/embedded/log/uuid';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';

it('a UUID survives as 16 bytes, at any place', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 0, max: 5 }), (uuid, offset) => {
      const bytes = Buffer.alloc(24, 0xee);
      expect(writeUuid(uuid, bytes, offset)).toBe(true);
      expect(readUuid(bytes.subarray(offset, offset + 16))).toBe(uuid);
      expect(bytes.subarray(offset + 16).every((b) => b === 0xee)).toBe(true);
    }),
  );
});

it.each([
  'e1',
  '0190A000-0000-7000-8000-00000000000a',
  '0190a000-0000-7000-8000-00000000000g',
  '0190a000-0000-7000-8000-00000000000',
  '0190a000-0000-7000-8000-0000000000000',
  '0190a00000000-7000-8000-00000000000-',
  '0190a000-0000-7000-8000-00000000000国',
  '0190a000 0000 7000 8000 00000000000a',
])('%s is none', (text) => {
  expect(writeUuid(text, new Uint8Array(16), 0)).toBe(false);
});
