import type { Experiment } from '@assay/server/contract';
import { variantsOf, type Variant } from './variants.ts';

/**
 * Who sees something else once everyone gets `shipped` (or the control when null): the share of the addressed units,
 * rounded to whole percents, by coverage and by the exposed units of each variant (the weights before there are any).
 */
export function changesOf(
  experiment: Pick<Experiment, 'variants' | 'control' | 'coverage'>,
  units: Readonly<Record<string, number>>,
  shipped: string | null,
): { readonly to: Variant; readonly moved: number } {
  const variants = variantsOf(experiment);
  const target = shipped ?? experiment.control;
  const to = variants.find((v) => v.key === target) ?? control(variants);
  const all = variants.reduce((sum, v) => sum + (units[v.key] ?? 0), 0);
  const taking = experiment.coverage / 100_000;
  const having = (v: Variant): number => (all > 0 ? (units[v.key] ?? 0) / all : v.share);
  const inside = variants.filter((v) => v.key !== target).reduce((sum, v) => sum + having(v), 0);
  // Outside the coverage everyone has the control today.
  const outside = target === experiment.control ? 0 : 1 - taking;
  return { to, moved: Math.round((inside * taking + outside) * 100) / 100 };
}

function control(variants: readonly Variant[]): Variant {
  return variants[0] ?? { key: '', name: '', index: 0, letter: 'A', share: 1 };
}
