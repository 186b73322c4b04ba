import type { Experiment } from '../contract/definitions.ts';
import type { Method } from '../stats/comparison.ts';

/** How the results of one readout may be looked at. */
export interface Inference {
  readonly kind: Method['kind'];
  /** Two-sided, of the experiment; shared out over a family by `analyse`. */
  readonly alpha: number;
  readonly correction: 'holm' | 'none';
  readonly plannedPerVariant: number | null;
}

/** Level of each guardrail and deterioration test, one-sided. Guardrails are not adjusted: all of them must pass. */
export const guardrailAlpha = 0.05;
/** Proper prior on relative lift: most changes move a metric by less than a tenth. */
export const prior = { mean: 0, sd: 0.1 } as const;
/** Units of both variants together at which a confidence sequence is narrowest, when no plan says better. */
const defaultTuning = 5_000;

/** The locked method of an experiment, or the one that a reader asks for. */
export function inferenceOf(
  experiment: Experiment,
  asked?: 'sequential' | 'fixed' | 'bayesian',
): Inference {
  const { analysis, plan } = experiment;
  const method = asked ?? analysis.method;
  return {
    kind: method === 'sequential' ? 'confidenceSequence' : method,
    alpha: analysis.alpha,
    correction: analysis.correction,
    plannedPerVariant: plan.unitsPerVariant ?? null,
  };
}

/** The same for stats: tuned to half the planned units of a pair, so that the plan decides and not the data. */
export function methodOf({ kind, plannedPerVariant }: Inference): Method {
  if (kind === 'fixed') return { kind };
  if (kind === 'bayesian') return { kind, prior };
  return { kind: 'confidenceSequence', tunedTo: plannedPerVariant ?? defaultTuning };
}
