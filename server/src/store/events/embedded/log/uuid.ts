const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return pattern.test(text);
}

const nibble = new Uint8Array(103);
for (let i = 0; i < 16; i++) nibble['0123456789abcdef'.charCodeAt(i)] = i;

/** Writes a lower-case UUID as 16 bytes; allocates nothing. */
export function writeUuid(text: string, bytes: Uint8Array, offset: number): void {
  let at = offset;
  for (let i = 0; i < 36; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) i++;
    const high = nibble[text.charCodeAt(i)] ?? 0;
    const low = nibble[text.charCodeAt(i + 1)] ?? 0;
    bytes[at++] = (high << 4) | low;
  }
}

/** @example readUuid(Buffer.alloc(16)) // '00000000-0000-0000-0000-000000000000' */
export function readUuid(bytes: Buffer): string {
  const h = bytes.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
}
