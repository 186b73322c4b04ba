import type { Experiment } from '@assay/server/contract';

export type Variant = {
  readonly key: string;
  readonly name: string;
  /** Position in the definition: it fixes letter and colour everywhere. */
  readonly index: number;
  readonly letter: string;
  /** Share of the split, 0 to 1. */
  readonly share: number;
};

/** The variants of an experiment with their letters. */
export function variantsOf(experiment: Pick<Experiment, 'variants'>): Variant[] {
  const all = experiment.variants.reduce((sum, v) => sum + v.weight, 0);
  return experiment.variants.map(({ key, name, weight }, index) => ({
    key,
    name: name ?? key,
    index,
    letter: letterOf(index),
    share: all > 0 ? weight / all : 0,
  }));
}
export function letterOf(index: number): string {
  return String.fromCodePoint(65 + (index % 26));
}
