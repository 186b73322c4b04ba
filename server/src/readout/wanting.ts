import type { FigurePair } from './estimate.ts';
import type { Inference } from './inference.ts';

const leastUnits = 100;
const leastRarer = 20;

/**
 * Why a result must not be read yet, as note codes. Sequential intervals rest on normality, so they start after 100 units
 * and 20 of either outcome a variant; a fixed-horizon result is read once, at the planned sample.
 */
export function wanting(
  { control, treatment, design }: FigurePair,
  inference: Inference,
  running: boolean,
): readonly string[] {
  const notes: string[] = [];
  const units = Math.min(control.n, treatment.n);
  if (inference.kind === 'confidenceSequence' || inference.kind === 'groupSequential') {
    if (units < leastUnits) notes.push('few_units');
    const rarer = Math.min(control.rarer ?? leastRarer, treatment.rarer ?? leastRarer);
    if (rarer < leastRarer) notes.push('few_conversions');
  }
  if (design?.stages.length === 0) notes.push('before_first_look');
  if (
    inference.kind === 'fixed' &&
    running &&
    inference.plannedPerVariant !== null &&
    units < inference.plannedPerVariant
  )
    notes.push('before_planned_sample');
  return notes;
}
