/**
 * The state of a MurmurHash3 (x86, 32 bits) after some text: whole blocks are in `h`, the bytes of a started block
 * wait in `k`. Keeping it after a salt means that only the unit is hashed at an evaluation.
 */
export type HashState = {
  readonly h: number;
  readonly k: number;
  /** How many bits of `k` are filled: 0, 8, 16 or 24. */
  readonly filled: number;
  readonly bytes: number;
};

const empty: HashState = { h: 0, k: 0, filled: 0, bytes: 0 };

/**
 * MurmurHash3 x86 32 of the UTF-8 bytes of `text`, seed 0; a lone surrogate counts as U+FFFD.
 * @example murmur3('u1') // 2022293920
 */
export function murmur3(text: string): number {
  return hashAfter(empty, text) >>> 0;
}

/**
 * The state after `text`.
 * @example hashAfter(stateAfter('salt:'), 'u1') >>> 0 // murmur3('salt:u1')
 */
export function stateAfter(text: string): HashState {
  // A surrogate pair never spans the seam: salts end in ":".
  feed(empty, text);
  return { h: fed.h, k: fed.k, filled: fed.filled, bytes: fed.bytes };
}

/** The hash of the state's text followed by `text`, as a signed integer: an unsigned one would be boxed on the heap. */
export function hashAfter(state: HashState, text: string): number {
  feed(state, text);
  let h = fed.h;
  if (fed.filled !== 0) h ^= mixBlock(fed.k);
  h ^= fed.bytes;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Where `feed` leaves its result: one object for ever, because hashing must not allocate. */
const fed = { h: 0, k: 0, filled: 0, bytes: 0 };

function feed(state: HashState, text: string): void {
  let { h, k, filled, bytes } = state;
  const end = text.length;
  for (let i = 0; i < end; i++) {
    let c = text.charCodeAt(i);
    let width = 8;
    if (i + 3 < end) {
      const c1 = text.charCodeAt(i + 1);
      const c2 = text.charCodeAt(i + 2);
      const c3 = text.charCodeAt(i + 3);
      if ((c | c1 | c2 | c3) < 128) {
        c |= (c1 << 8) | (c2 << 16) | (c3 << 24);
        width = 32;
        i += 3;
      }
    }
    if (width === 8 && c > 127) {
      const next = c >>> 10 === 0x36 && i + 1 < end ? text.charCodeAt(i + 1) : 0;
      if (next >>> 10 === 0x37) {
        const point = ((c & 0x3ff) << 10) + (next & 0x3ff) + 0x10000;
        c =
          0x808080f0 |
          (point >>> 18) |
          ((point & 0x3f000) >>> 4) |
          ((point & 0xfc0) << 10) |
          ((point & 0x3f) << 24);
        width = 32;
        i++;
      } else if (c < 0x800) {
        c = 0x80c0 | (c >>> 6) | ((c & 0x3f) << 8);
        width = 16;
      } else {
        if (c >>> 11 === 0x1b) c = 0xfffd;
        c = 0x8080e0 | (c >>> 12) | ((c & 0xfc0) << 2) | ((c & 0x3f) << 16);
        width = 24;
      }
    }
    k |= c << filled;
    filled += width;
    bytes += width >> 3;
    if (filled > 31) {
      h ^= mixBlock(k);
      h = (h << 13) | (h >>> 19);
      h = (Math.imul(h, 5) + 0xe6546b64) | 0;
      filled -= 32;
      k = filled === 0 ? 0 : c >>> (width - filled);
    }
  }
  fed.h = h;
  fed.k = k;
  fed.filled = filled;
  fed.bytes = bytes;
}

function mixBlock(k: number): number {
  const m = Math.imul(k, 0xcc9e2d51);
  return Math.imul((m << 15) | (m >>> 17), 0x1b873593);
}
