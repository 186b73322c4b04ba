import type { Health } from '../contract/readout.ts';
import { checksOf, srmOf, unitsOf } from './checks.ts';
import { evidenceOf, type Loaded } from './readout.ts';

/** The quality checks, and the sample ratio of each day's newly exposed units. Pure. */
export function healthOf(loaded: Loaded): Health {
  const { answer, cohorts, subject } = loaded;
  const variants = Object.keys(subject.weights);
  const days = [...new Set(cohorts.map((row) => row.day ?? ''))].toSorted();
  return {
    srm: srmOf(unitsOf(answer.units, variants), subject.weights),
    checks: checksOf(evidenceOf(loaded)),
    byDay: days.map((day) => {
      const here = cohorts.filter((row) => row.day === day);
      const units = unitsOf(here, variants);
      return { day, units, pValue: srmOf(units, subject.weights).pValue };
    }),
  };
}
