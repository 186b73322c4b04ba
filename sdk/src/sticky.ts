import type { Exposure } from './decision.ts';
import type { Kept } from './rule.ts';
import { tried } from './tried.ts';

/** Where sticky experiments keep what a unit was given: `localStorage`, a cookie, anything with these two. */
export type StickyStore = {
  readonly get: (name: string) => string | null | undefined;
  readonly set: (name: string, text: string) => void;
};

/** Reads what an experiment gave a unit before. */
export function recall(
  store: StickyStore,
  experiment: string,
  unitType: string,
  unit: string,
): Kept | undefined {
  const text = tried(() => store.get(name(experiment, unitType, unit)));
  const found = /^(\d+):(.+)$/s.exec(String(text));
  return found ? { phase: Number(found[1]), variant: found[2]! } : undefined;
}

/** Keeps what a unit was exposed to. */
export function keep(store: StickyStore, exposure: Exposure, unit: string): void {
  const { experiment, unitType, phase, variant } = exposure;
  tried(() => store.set(name(experiment, unitType, unit), `${phase}:${variant}`));
}

function name(experiment: string, unitType: string, unit: string): string {
  return `assay.sticky.${experiment}.${unitType}.${unit}`;
}
