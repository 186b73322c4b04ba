import type { Exposure } from './decision.ts';
import { hashAfter } from './murmur.ts';

/** Says whether an exposure is met for the first time. */
export type Seen = (exposure: Exposure, unit: string) => boolean;

const ways = 4;

/**
 * Remembers the exposures that were logged, in a table of fixed size (a power of two): each has four places, and a
 * fifth that wants them takes the place of one. A forgotten exposure is logged again, which the server counts once.
 */
export function rememberExposures(size: number): (exposure: Exposure, unit: string) => boolean {
  const exposures: (Exposure | undefined)[] = [];
  const units: string[] = [];
  let victim = 0;
  return (exposure, unit) => {
    const base = hashAfter(exposure.mark, unit) & (size - 1) & -ways;
    for (let i = base; i < base + ways; i++) {
      const known = exposures[i];
      if (known === undefined) return note(i, exposure, unit);
      if (units[i] === unit && (known === exposure || same(known, exposure))) return false;
    }
    victim = (victim + 1) & (ways - 1);
    return note(base + victim, exposure, unit);
  };
  function note(place: number, exposure: Exposure, unit: string): true {
    if (exposures.length === 0) exposures.length = units.length = size;
    exposures[place] = exposure;
    units[place] = unit;
    return true;
  }
}

/** A new version of the ruleset brings new objects for the same exposures. */
function same(a: Exposure, b: Exposure): boolean {
  return (
    a.experiment === b.experiment &&
    a.variant === b.variant &&
    a.phase === b.phase &&
    a.flag === b.flag &&
    a.unitType === b.unitType
  );
}
