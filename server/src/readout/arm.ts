import type { Experiment, Metric } from '../contract/definitions.ts';
import type { MetricReadout } from '../contract/readout.ts';
import type { Comparison } from '../stats/comparison.ts';
import { compareToMargin, type MarginTest } from '../stats/margin.ts';
import type { MomentRow } from '../store/events/port.ts';
import { estimate, momentPair, type FigurePair } from './estimate.ts';
import { figures, type Figures } from './figures.ts';
import { guardrailAlpha, methodOf, type Design, type Inference } from './inference.ts';
import { stagesOf } from './looks.ts';
import { uncappedId, type MetricRole } from './plan.ts';
import { wanting } from './wanting.ts';

/** A metric in its role. */
export interface Measured extends MetricRole {
  readonly definition: Metric;
}
/** One treatment against the baseline, before correction and words. */
export interface Arm {
  readonly variant: string;
  /** Of the treatment, as of now. */
  readonly shown: Figures;
  /** What is compared. */
  readonly pair: FigurePair;
  readonly comparison: Comparison;
  readonly margin: MarginTest | null;
  readonly uncapped: Comparison | null;
  readonly wanting: readonly string[];
  adjusted: number | null | undefined;
}
/** One metric over all treatments. */
export interface Draft {
  readonly measured: Measured;
  readonly control: Figures;
  readonly level: number;
  readonly cap: MetricReadout['cap'];
  readonly arms: readonly Arm[];
}

/** What all metrics of one readout share. */
export interface Given {
  readonly experiment: Experiment;
  readonly inference: Inference;
  readonly baseline: string;
  /** As of now. */
  readonly live: (metric: string, variant: string) => MomentRow | undefined;
  /** At the latest look; the same where there are no looks. */
  readonly look: (metric: string, variant: string) => MomentRow | undefined;
}

/** Compares every treatment on one metric. */
export function draft(given: Given, measured: Measured): Draft {
  const { experiment, inference, baseline, live } = given;
  // A confidence sequence may be read at any time: guardrails are as of now.
  const row = measured.role === 'guardrail' ? live : given.look;
  const treatments = experiment.variants.map((v) => v.key).filter((key) => key !== baseline);
  const of = (id: string, variant: string): Figures =>
    figures(measured.definition, row(id, variant));
  const alpha = alphaOf(measured.role, inference, treatments.length);
  const control = of(measured.metric, baseline);
  const uncapped = uncappedId(measured.metric);
  const arms = treatments.map((variant): Arm => {
    const design = designOf(measured, [baseline, variant], given);
    const pair = {
      control,
      treatment: of(measured.metric, variant),
      ...(design === undefined ? {} : { design }),
    };
    return {
      variant,
      shown: figures(measured.definition, live(measured.metric, variant)),
      pair,
      comparison: estimate(pair, inference, alpha),
      margin: marginTest(pair, measured, inference),
      uncapped:
        row(uncapped, variant) !== undefined
          ? estimate(
              { ...pair, control: of(uncapped, baseline), treatment: of(uncapped, variant) },
              inference,
              alpha,
            )
          : null,
      wanting: wanting(pair, inference, experiment.status === 'running'),
      adjusted: undefined,
    };
  });
  const cap = capOf([baseline, ...treatments].map((v) => live(measured.metric, v)));
  const shown = figures(measured.definition, live(measured.metric, baseline));
  return { measured, control: shown, level: 1 - alpha, cap, arms };
}

/** Where a pair stands in the group sequential design. Guardrails have none: they are watched at any time. */
function designOf(
  { metric, role, definition }: Measured,
  pair: readonly [string, string],
  { inference, experiment }: Given,
): Design | undefined {
  const { kind, looks = [], plannedPerVariant } = inference;
  if (kind !== 'groupSequential' || role === 'guardrail' || plannedPerVariant === null)
    return undefined;
  return {
    stages: stagesOf(looks, metric, pair, plannedPerVariant),
    final: looks.at(-1)?.final ?? false,
    direction: definition.direction,
    againstControl: pair[0] === experiment.control,
  };
}

/** One cap for all variants; the units it touched are theirs together. */
function capOf(rows: readonly (MomentRow | undefined)[]): MetricReadout['cap'] {
  const caps = rows.map((row) => row?.cap).filter((cap) => cap !== undefined);
  const [first] = caps;
  return first === undefined
    ? null
    : { at: first.at, units: caps.reduce((sum, cap) => sum + cap.units, 0) };
}

/** Two-sided level of the interval: the primary shares alpha over its treatments; a guardrail's test is one-sided. */
function alphaOf(role: MetricRole['role'], inference: Inference, treatments: number): number {
  if (role === 'guardrail') return 2 * guardrailAlpha;
  const shared = role === 'primary' && inference.correction === 'holm';
  return shared ? inference.alpha / Math.max(1, treatments) : inference.alpha;
}

function marginTest(pair: FigurePair, measured: Measured, inference: Inference): MarginTest | null {
  if (inference.kind === 'bayesian') return null;
  return compareToMargin(momentPair(pair), {
    alpha: guardrailAlpha,
    // Without a margin only the deterioration half is read; any margin serves.
    margin: measured.margin ?? 0.01,
    direction: measured.definition.direction,
    method: methodOf(inference),
  });
}
