/**
 * The width of a text of 11 px, roughly: a Chinese character is a square, a Latin letter about half of one.
 * @example textWidth('计划结束') // 44
 */
export function textWidth(text: string): number {
  return Array.from(text).reduce((sum, c) => sum + (c > '\u2E7F' ? 11 : 5.9), 0);
}
