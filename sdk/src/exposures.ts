import type { Meeting } from './decision.ts';
import { hashAfter } from './murmur.ts';

const ways = 4;

/**
 * Remembers the exposures that were logged, in a table of fixed size (a power of two), and says whether one is new.
 * Each has four places, and a fifth that wants them takes the place of one. An exposure that was forgotten is logged
 * again, and the server counts it once.
 */
export function rememberExposures(size: number): (meeting: Meeting, unit: string) => boolean {
  // Made at the first exposure: many clients meet none.
  let ids: (string | undefined)[] = [];
  let units: string[] = [];
  let turn = 0;
  return ({ id, hash }, unit) => {
    if (turn === 0) [ids, units] = [Array<string>(size), Array<string>(size)];
    const base = hashAfter(hash, unit) & (size - ways);
    let place = base + (++turn & (ways - 1));
    for (let i = base; i < base + ways; i++) {
      if (ids[i] === id && units[i] === unit) return false;
      if (ids[i] === undefined) place = i;
    }
    ids[place] = id;
    units[place] = unit;
    return true;
  };
}
