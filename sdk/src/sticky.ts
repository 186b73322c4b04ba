import type { Exposure } from './decision.ts';
import type { Kept } from './rule.ts';

/** Where sticky experiments keep what a unit was given: `localStorage`, a cookie, anything with these two. */
export type StickyStore = {
  get(name: string): string | null | undefined;
  set(name: string, text: string): void;
};

/** Reads what an experiment gave a unit before. */
export function recall(
  store: StickyStore,
  experiment: string,
  unitType: string,
  unit: string,
): Kept | undefined {
  try {
    const found = /^(\d+):(.+)$/s.exec(store.get(name(experiment, unitType, unit)) ?? '');
    return found === null ? undefined : { phase: Number(found[1]), variant: found[2]! };
  } catch {
    return undefined;
  }
}

/** Keeps what a unit was exposed to. */
export function keep(store: StickyStore, exposure: Exposure, unit: string): void {
  const { experiment, unitType, phase, variant } = exposure;
  try {
    store.set(name(experiment, unitType, unit), `${phase}:${variant}`);
  } catch {
    // Without a working store the experiment is merely not sticky.
  }
}

function name(experiment: string, unitType: string, unit: string): string {
  return `assay.sticky.${experiment}.${unitType}.${unit}`;
}
