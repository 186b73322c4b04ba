import type { Flag, Rule, Ruleset } from '@assay/sdk';

export function ruleset(flags: Ruleset['flags'], members: Partial<Ruleset> = {}): Ruleset {
  return {
    schema: 1,
    version: 1,
    environment: 'production',
    flags,
    segments: {},
    holdouts: {},
    layers: {},
    ...members,
  };
}

/** A flag with variants a and b, off and by default a. */
export function flag(rules: readonly Rule[], members: Partial<Flag> = {}): Flag {
  return {
    type: 'string',
    on: true,
    variants: { a: 'A', b: 'B', c: 'C' },
    off: 'a',
    rules,
    default: { variant: 'a' },
    ...members,
  };
}

/** Salt and units of the golden vectors: u1 gets b, slot 7507; u2 gets a, slot 6854, and is in a holdout of 5 %. */
export const half = {
  id: 'r1',
  split: [
    ['a', 1],
    ['b', 1],
  ],
  salt: 'k3v9x1a',
  unit: 'userId',
} as const;
