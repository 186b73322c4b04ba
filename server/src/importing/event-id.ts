import { createHash } from 'node:crypto';

/**
 * A UUID (version 8) made of an import's name and a place in it: the same file sent again makes the same ids, so that
 * nothing counts twice.
 * @example eventId('cats', 2, 0) // 'd0f8…', always the same
 */
export function eventId(importId: string, line: number, part: number): string {
  const hash = createHash('sha256').update(`${importId}\n${line}\n${part}`).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const h = hash.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
}
