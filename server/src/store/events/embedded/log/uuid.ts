/** Values of hex digits by char code, 255 = none. */
const nibble = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) nibble['0123456789abcdef'.charCodeAt(i)] = i;

/**
 * Writes a lower-case UUID as 16 bytes at `offset`; false where the text is none. Allocates nothing.
 * @example writeUuid('e1', new Uint8Array(16), 0) // false
 */
export function writeUuid(text: string, bytes: Uint8Array, offset: number): boolean {
  if (text.length !== 36) return false;
  let at = offset;
  let wrong = 0;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (text.charCodeAt(i) !== 45) return false;
      i++;
    }
    const high = nibble[text.charCodeAt(i)] ?? 255;
    const low = nibble[text.charCodeAt(i + 1)] ?? 255;
    wrong |= high | low;
    bytes[at++] = (high << 4) | low;
  }
  return wrong < 16;
}

/** @example readUuid(Buffer.alloc(16)) // '00000000-0000-0000-0000-000000000000' */
export function readUuid(bytes: Buffer): string {
  const h = bytes.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
