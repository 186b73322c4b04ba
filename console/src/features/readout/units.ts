import type { ReadoutWords } from './text.ts';

/** What the randomised units are called in sentences. */
export function unitWord(unit: string, t: ReadoutWords): string {
  return unit in t.units ? t.units[unit as keyof typeof t.units] : t.units.other;
}
