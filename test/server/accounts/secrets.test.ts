import { randomBytes } from 'node:crypto';
import { makeSecret, readSecret, sameHash, sha256 } from '@assay/server/accounts/secrets';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('keys', () => {
  it('are prefix, selector and secret', () => {
    const zeros = (bytes: number) => new Uint8Array(bytes);
    const { text, selector, hash } = makeSecret('ck', zeros);
    expect(text).toBe(`ck_AAAAAAAA${'A'.repeat(43)}`);
    expect(selector).toBe('AAAAAAAA');
    expect(Buffer.from(hash).toString('hex')).toBe(
      // printf 'A%.0s' {1..43} | sha256sum
      '0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a',
    );
  });

  it('are found again, and only whole', () => {
    for (const prefix of ['ak', 'ck', 'sk'] as const) {
      const made = makeSecret(prefix, randomBytes);
      const read = readSecret(made.text);
      expect(read).toMatchObject({ prefix, selector: made.selector });
      expect(read !== undefined && sameHash(read.hash, made.hash)).toBe(true);
      expect(readSecret(made.text.slice(0, -1))).toBeUndefined();
      expect(readSecret(`${made.text}x`)).toBeUndefined();
    }
    expect(readSecret('')).toBeUndefined();
    expect(readSecret(`xx_${'a'.repeat(51)}`)).toBeUndefined();
  });

  it('cannot be guessed by text that is near', () => {
    const made = makeSecret('sk', randomBytes);
    fc.assert(
      fc.property(fc.integer({ min: 11, max: made.text.length - 1 }), (at) => {
        const other = made.text[at] === 'A' ? 'B' : 'A';
        const near = made.text.slice(0, at) + other + made.text.slice(at + 1);
        const read = readSecret(near);
        expect(read !== undefined && sameHash(read.hash, made.hash)).toBe(false);
      }),
    );
  });

  it('compare by content and length', () => {
    expect(sameHash(sha256('a'), sha256('a'))).toBe(true);
    expect(sameHash(sha256('a'), sha256('b'))).toBe(false);
    expect(sameHash(sha256('a'), new Uint8Array(3))).toBe(false);
  });
});
