import type { Experiment } from '../contract/definitions.ts';
import type { Method } from '../stats/comparison.ts';
import type { LookSummary, Stage } from './looks.ts';

/** How the results of one readout may be looked at. */
export interface Inference {
  readonly kind: 'fixed' | 'confidenceSequence' | 'groupSequential' | 'bayesian';
  /** Two-sided, of the experiment; shared out over a family by `analyse`. */
  readonly alpha: number;
  readonly correction: 'holm' | 'none';
  readonly plannedPerVariant: number | null;
  /** Group sequential: the looks so far, in order. */
  readonly looks?: readonly LookSummary[];
}

/** Where a pair stands in a group sequential design. */
export interface Design {
  /** The looks so far, the present one last. */
  readonly stages: readonly Stage[];
  readonly final: boolean;
  readonly direction: 'up' | 'down';
  /** Looks remember the primary against the control: a stop cannot be corrected against another baseline. */
  readonly againstControl: boolean;
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

/**
 * The same for stats. A confidence sequence is tuned to half the planned units of a pair, so that the plan decides and
 * not the data; it also stands in where a group sequential design has no look yet, and tests guardrails.
 */
export function methodOf({ kind, plannedPerVariant }: Inference, design?: Design): Method {
  if (kind === 'fixed') return { kind };
  if (kind === 'bayesian') return { kind, prior };
  if (kind === 'groupSequential' && design !== undefined && design.stages.length > 0) {
    const { stages, final, direction } = design;
    return { kind, looks: stages.map((stage) => stage.fraction), final, direction };
  }
  return { kind: 'confidenceSequence', tunedTo: plannedPerVariant ?? defaultTuning };
}
