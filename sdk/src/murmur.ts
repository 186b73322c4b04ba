/**
 * The state of a MurmurHash3 (x86, 32 bits) after some text: whole blocks are in `h`, the bytes of a started block
 * wait in `k`, `filled` bits of it. Keeping it after a salt means that only the unit is hashed at an evaluation.
 */
export type HashState = { h: number; k: number; filled: number; bytes: number };

const empty: HashState = { h: 0, k: 0, filled: 0, bytes: 0 };
/** Where `absorb` leaves its result: one object for ever, because hashing must not allocate. */
const absorbed: HashState = { ...empty };

/**
 * MurmurHash3 x86 32 of the UTF-8 bytes of `text`, seed 0; a lone surrogate counts as U+FFFD.
 * @example murmur3('u1') // 2022293920
 */
export function murmur3(text: string): number {
  return hashAfter(empty, text) >>> 0;
}

/**
 * The state after `text`, ready to take more.
 * @example hashAfter(stateAfter('salt:'), 'u1') >>> 0 // murmur3('salt:u1')
 */
export function stateAfter(text: string): HashState {
  return { ...absorb(empty, text) };
}

/** The hash of the state's text followed by `text`, as a signed integer: an unsigned one would be boxed on the heap. */
export function hashAfter(state: HashState, text: string): number {
  const { h, k, bytes } = absorb(state, text);
  let hash = h ^ mixBlock(k) ^ bytes;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Reads the text four characters at once where a block begins; ASCII characters are their own bytes. */
function absorb(state: HashState, text: string, binary?: boolean): HashState {
  let { h, k, filled } = state;
  const end = text.length;
  let seen = 0;
  for (let i = 0; i < end;) {
    const c = text.charCodeAt(i++);
    seen |= c;
    k |= c << filled;
    if (filled === 0 && i + 3 <= end) {
      const c1 = text.charCodeAt(i++);
      const c2 = text.charCodeAt(i++);
      const c3 = text.charCodeAt(i++);
      seen |= c1 | c2 | c3;
      k |= (c1 << 8) | (c2 << 16) | (c3 << 24);
      filled = 24;
    }
    filled += 8;
    if (filled > 24) {
      h ^= mixBlock(k);
      h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
      k = filled = 0;
    }
  }
  if (seen > 127 && !binary) return absorb(state, utf8(text), true);
  absorbed.h = h;
  absorbed.k = k;
  absorbed.filled = filled;
  absorbed.bytes = state.bytes + end;
  return absorbed;
}

function mixBlock(k: number): number {
  const m = Math.imul(k, 0xcc9e2d51);
  return Math.imul((m << 15) | (m >>> 17), 0x1b873593);
}

/** The text's UTF-8 bytes, one character each. */
function utf8(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(/%(..)/g, (_, hex) =>
    String.fromCharCode(parseInt(hex as string, 16)),
  );
}
