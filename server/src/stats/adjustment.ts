import type { CompareOptions, Note } from './comparison.ts';
import type { Pair, Reduced } from './compare.ts';
import {
  type Adjusted,
  jointAdjustment,
  linAdjustment,
  linPopulationStandardError,
  pooledAdjustment,
  ratioAdjustment,
  varianceReduction,
} from './covariate.ts';
import { type Estimates, standardError } from './estimates.ts';
import { variance } from './moments.ts';

/** Below this many units in a variant a slope of its own costs more than it gives. */
const UNITS_FOR_OWN_SLOPES = 1_000;
/** A covariate that explains less is not worth the question why the figures differ. */
const LEAST_R2 = 0.005;

/**
 * The adjusted estimates, or why the covariate was left out; undefined without a covariate.
 * @example adjustmentFor({ shape: 'mean', control: { n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, treatment: { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] } }, meanEstimates({ n: 4, mean: [5.25, 2.5], comoment: [8.75, 6.5, 5] }, { n: 4, mean: [7, 2.75], comoment: [10, 9, 8.75] }))?.notes // ['adjusted_pooled']
 */
export function adjustmentFor(
  pair: Pair,
  raw: Estimates,
  wanted: NonNullable<CompareOptions['adjustment']> = 'auto',
): (Pick<Reduced, 'notes'> & Partial<Reduced>) | undefined {
  if (wanted === 'none') return undefined;
  const { shape, control, treatment } = pair;
  if (control.mean.length !== (shape === 'ratio' ? 4 : 2)) return undefined;
  if (!(Math.min(control.n, treatment.n) >= 2)) return undefined;
  const { adjusted, note } = shape === 'ratio' ? adjustRatio(pair) : adjustMean(pair, wanted);
  if (!adjusted) return { notes: [note] };
  const reduction = varianceReduction(standardError(adjusted.estimates), standardError(raw));
  if (!Number.isFinite(reduction)) return { notes: ['covariate_constant'] };
  if (wanted === 'auto' && !(reduction >= LEAST_R2)) return { notes: ['covariate_weak'] };
  return { estimates: adjusted.estimates, reduction, notes: [note] };
}

interface Choice {
  readonly adjusted?: Adjusted;
  readonly note: Note;
}

function adjustRatio({ control, treatment }: Pair): Choice {
  const adjusted = ratioAdjustment(control, treatment);
  return Number.isFinite(adjusted.slopes[0])
    ? { adjusted, note: 'adjusted_pooled' }
    : { note: 'covariate_constant' };
}

function adjustMean({ control, treatment }: Pair, wanted: CompareOptions['adjustment']): Choice {
  const pooled = pooledAdjustment(control, treatment);
  if (!Number.isFinite(pooled.slopes[0])) return { note: 'covariate_constant' };
  if (wanted === 'joint')
    return { adjusted: jointAdjustment(control, treatment), note: 'adjusted_pooled' };
  const enough =
    wanted === 'lin' ||
    (wanted === 'auto' && Math.min(control.n, treatment.n) >= UNITS_FOR_OWN_SLOPES);
  if (!enough || !(variance(control, 1) > 0) || !(variance(treatment, 1) > 0))
    return { adjusted: pooled, note: 'adjusted_pooled' };
  const { estimates, slopes } = linAdjustment(control, treatment);
  // One standard error for the difference and the lift: the covariance is what is left of it.
  const se = linPopulationStandardError(control, treatment);
  const shared = (estimates.varianceControl + estimates.varianceTreatment - se * se) / 2;
  return {
    adjusted: { slopes, estimates: { ...estimates, covariance: shared } },
    note: 'adjusted_lin',
  };
}
