import { merge, type Moments } from '@assay/server/stats/moments';
import { Random } from './random.ts';

/** How one unit's value is drawn. */
export interface Population {
  readonly kind?: string;
  readonly p?: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly effect?: number;
}

export interface Looks extends Population {
  readonly looks: number;
  readonly unitsPerArmPerLook: number;
}

export interface Look {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** Cumulative moments of both variants at every look of one run. */
export type Path = readonly Look[];

const drawn = new Map<string, readonly Path[]>();

/** The runs of a scenario; methods that are tried on the same scenario see the same data. */
export function paths(scenario: Looks, reps: number): readonly Path[] {
  const { looks, unitsPerArmPerLook, kind = 'normal', p = 0, effect = 0 } = scenario;
  const key = JSON.stringify([looks, unitsPerArmPerLook, kind, p, effect, reps]);
  const known = drawn.get(key);
  if (known) return known;
  const random = new Random(20_240_601);
  const made = Array.from({ length: reps }, () => path(random, scenario));
  drawn.clear();
  drawn.set(key, made);
  return made;
}

function path(random: Random, scenario: Looks): Path {
  const control = unitOf({ ...scenario, effect: 0 });
  const treatment = unitOf(scenario);
  let before: Look | undefined;
  return Array.from({ length: scenario.looks }, () => {
    const fresh = {
      control: sample(random, scenario.unitsPerArmPerLook, control),
      treatment: sample(random, scenario.unitsPerArmPerLook, treatment),
    };
    const look = before
      ? {
          control: merge(before.control, fresh.control),
          treatment: merge(before.treatment, fresh.treatment),
        }
      : fresh;
    before = look;
    return look;
  });
}

/** Moments of n drawn values. */
export function sample(random: Random, n: number, unit: (random: Random) => number): Moments {
  let mean = 0;
  let comoment = 0;
  for (let i = 1; i <= n; i++) {
    const value = unit(random);
    const delta = value - mean;
    mean += delta / i;
    comoment += delta * (value - mean);
  }
  return { n, mean: [mean], comoment: [comoment] };
}

/** The value of a unit, as the scenario describes its population in words. */
export function unitOf(population: Population): (random: Random) => number {
  const { kind = 'normal', effect = 0, mean = 0, sd = 1 } = population;
  if (kind.startsWith('bernoulli')) {
    const p = population.p ?? Number(kind.split(' ')[1]);
    return (random) => random.bernoulli(p + effect);
  }
  if (kind.includes('lognormal')) {
    const [, buy = '', mu = '', sigma = ''] =
      /p=([\d.]+) buy, lognormal\(([\d.]+),([\d.]+)\)/.exec(kind) ?? [];
    return (random) =>
      random.uniform() < Number(buy) ? Math.exp(Number(mu) + Number(sigma) * random.normal()) : 0;
  }
  return (random) => mean + effect + sd * random.normal();
}
