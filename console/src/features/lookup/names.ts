import type { Experiment, Flag } from '@assay/server/contract';
import type { Names } from './trace.ts';

const colours = ['var(--vA)', 'var(--vB)', 'var(--vC)', 'var(--vD)'];

/** What rules and variants of a flag are called where people read them. */
export function namesOf(
  flag: Pick<Flag, 'variants' | 'environments'>,
  experiments: readonly Pick<Experiment, 'key' | 'name'>[],
  environment: string,
): Names {
  const rules = flag.environments[environment]?.rules ?? [];
  return {
    environment,
    rule: (id) => {
      const rule = rules.find((r) => r.id === id);
      if (rule?.experiment === undefined) return { name: rule?.name ?? id, experiment: false };
      const experiment = experiments.find((e) => e.key === rule.experiment);
      return { name: experiment?.name ?? rule.experiment, experiment: true };
    },
    variant: (key) => {
      const index = flag.variants.findIndex((v) => v.key === key);
      return { letter: letter(index), color: colours[index] ?? 'var(--vA)' };
    },
  };
}

/** The letter of a variant within its experiment; its key where it is not one of them. */
export function letterIn(
  experiment: Pick<Experiment, 'variants'> | undefined,
  variant: string,
): string {
  const index = experiment?.variants.findIndex((v) => v.key === variant) ?? -1;
  return index < 0 ? variant : letter(index);
}
function letter(index: number): string {
  return index < 0 ? '?' : String.fromCodePoint(65 + (index % 26));
}
