/**
 * A UUID of version 7 (RFC 9562): time first, so that the server's index grows at its edge.
 * @param at milliseconds since the epoch
 * @param random in [0, 1)
 */
export function uuidv7(at: number, random: () => number): string {
  const hex = (digits: number, below = 16 ** digits, from = 0): string =>
    Math.floor(from + random() * below)
      .toString(16)
      .padStart(digits, '0');
  const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${hex(4, 0x4000, 0x8000)}-${hex(12)}`;
}
