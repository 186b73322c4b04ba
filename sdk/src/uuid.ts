/**
 * A UUID of version 7 (RFC 9562): time first, so that the server's index grows at its edge.
 * @param at milliseconds since the epoch
 * @param random in [0, 1)
 */
export function uuidv7(at: number, random: () => number): string {
  const hex = (digits: number, number = random() * 16 ** digits): string =>
    Math.floor(number).toString(16).padStart(digits, '0');
  const time = hex(12, Math.max(0, at));
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${hex(4, 0x8000 + random() * 0x4000)}-${hex(12)}`;
}
