import type { Experiment, Metric, Phase } from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import type { MomentAnswer } from '../store/events/port.ts';
import type { ReadoutDefinitions } from './deps.ts';
import { rolesOf } from './plan.ts';

/** An experiment with all that is needed to read it. */
export interface Subject {
  readonly experiment: Experiment;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly phase: number;
  readonly weights: Readonly<Record<string, number>>;
  /** The variant that the others are compared with. */
  readonly baseline: string;
}

/** Finds and checks what a request names. Throws `not_found` or `invalid`. */
export function subjectOf(
  definitions: ReadoutDefinitions,
  key: string,
  asked: { readonly vs?: string | undefined; readonly phase?: number | undefined },
): Subject {
  const experiment = definitions.experiment(key);
  if (experiment === undefined) throw new AppError('not_found', `No experiment "${key}".`);
  const phase = phaseOf(experiment, asked.phase);
  return {
    experiment,
    metrics: metricsOf(definitions, experiment),
    phase: phase?.number ?? 1,
    weights: Object.fromEntries(
      (phase?.variants ?? experiment.variants).map((v) => [v.key, v.weight]),
    ),
    baseline: baselineOf(experiment, asked.vs),
  };
}

/** The metric that a request names, or the primary. Throws `invalid` with those that there are. */
export function metricOf(subject: Subject, asked: string | undefined): Metric {
  const key = asked ?? subject.experiment.metrics.primary ?? [...subject.metrics.keys()][0];
  const metric = key === undefined ? undefined : subject.metrics.get(key);
  if (metric !== undefined) return metric;
  const known = [...subject.metrics.keys()].join(', ') || 'none';
  throw new AppError(
    'invalid',
    key === undefined
      ? `Experiment "${subject.experiment.key}" has no metric.`
      : `Metric "${key}" is not one of this experiment's: ${known}.`,
  );
}

/** When the phase began: as recorded, or earlier where imported exposures say so. ms. */
export function startOf(subject: Subject, answer: MomentAnswer): number | null {
  const known = [recordedStart(subject), answer.firstExposure].filter((t) => t !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** When the phase was started here. ms. */
export function recordedStart({ experiment, phase }: Subject): number | null {
  const recorded = experiment.phases.find((p) => p.number === phase);
  return recorded === undefined ? null : Date.parse(recorded.startedAt);
}

function phaseOf(experiment: Experiment, asked: number | undefined): Phase | undefined {
  if (asked === undefined) return experiment.phases.at(-1);
  const found = experiment.phases.find((p) => p.number === asked);
  if (found === undefined && !(asked === 1 && experiment.phases.length === 0))
    throw new AppError('invalid', `phase is ${asked}, must be 1 to ${experiment.phases.length}.`);
  return found;
}

function metricsOf(definitions: ReadoutDefinitions, experiment: Experiment): Map<string, Metric> {
  const found = new Map<string, Metric>();
  for (const { metric: key } of rolesOf(experiment)) {
    const metric = definitions.metric(key);
    if (metric !== undefined) found.set(key, metric);
  }
  return found;
}

function baselineOf(experiment: Experiment, vs: string | undefined): string {
  const baseline = vs ?? experiment.control;
  if (experiment.variants.some((v) => v.key === baseline)) return baseline;
  const known = experiment.variants.map((v) => v.key).join(', ');
  throw new AppError('invalid', `vs is "${baseline}", must be one of ${known}.`);
}
