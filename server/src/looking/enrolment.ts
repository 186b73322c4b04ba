import type { Experiment } from '../contract/definitions.ts';
import type { StoredEvent, StoredExposure } from '../store/events/port.ts';

/** One unit's part in one experiment: the latest phase that it was exposed in. */
export interface Enrolment {
  readonly experiment: Experiment;
  readonly phase: number;
  readonly variant: string;
  /** First exposure of the phase, ms: the clock of every window. */
  readonly since: number;
  /** Why the analysis leaves the unit out, where it does. */
  readonly leftOut: 'crossover' | 'unknownVariant' | undefined;
}

/** What a unit takes part in, by its exposures, oldest first. */
export function enrolmentsOf(
  events: readonly StoredEvent[],
  experimentOf: (key: string) => Experiment | undefined,
): Enrolment[] {
  const exposures = events.filter((e) => e.type === 'exposure');
  return [...new Set(exposures.map((e) => e.experiment))].flatMap((key) => {
    const experiment = experimentOf(key);
    const all = exposures.filter((e) => e.experiment === key);
    return experiment === undefined || all.some((e) => !isOf(e, experiment))
      ? []
      : [enrolment(experiment, all)];
  });
}

function isOf({ environment, unitType }: StoredExposure, experiment: Experiment): boolean {
  return environment === experiment.environment && unitType === experiment.unit;
}

function enrolment(experiment: Experiment, exposures: readonly StoredExposure[]): Enrolment {
  const phase = Math.max(...exposures.map((e) => e.phase));
  const inPhase = exposures.filter((e) => e.phase === phase);
  const known = new Set(experiment.variants.map((v) => v.key));
  const [first] = inPhase;
  const leftOut = inPhase.some((e) => e.variant !== first?.variant)
    ? 'crossover'
    : known.has(first?.variant ?? '')
      ? undefined
      : 'unknownVariant';
  return { experiment, phase, variant: first?.variant ?? '', since: first?.time ?? 0, leftOut };
}
