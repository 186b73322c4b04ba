import type { Experiment, Metric } from '../contract/definitions.ts';
import type { MetricReadout } from '../contract/readout.ts';
import type { Comparison } from '../stats/comparison.ts';
import { benjaminiHochberg, holm } from '../stats/multiplicity.ts';
import type { MomentAnswer, MomentRow } from '../store/events/port.ts';
import { draft, type Arm, type Draft, type Given } from './arm.ts';
import type { Inference } from './inference.ts';
import { rolesOf } from './plan.ts';
import { resultOf } from './result.ts';

export interface Analysis {
  readonly experiment: Experiment;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly answer: MomentAnswer;
  /** Group sequential: what primary and secondary metrics are concluded from; counts are as of now. */
  readonly lookRows?: readonly MomentRow[];
  readonly inference: Inference;
  /** The variant that the others are compared with. */
  readonly baseline: string;
  /** Share of exposed units whose window has passed, by metric. */
  readonly matured: ReadonlyMap<string, number>;
}

/** Moments to the metrics of a readout, by role. Pure; whatever is undefined is null with a note. */
export function analyse(analysis: Analysis): MetricReadout[] {
  const { experiment, metrics, answer } = analysis;
  const live = finder(answer.rows);
  const look = analysis.lookRows === undefined ? live : finder(analysis.lookRows);
  const drafts = rolesOf(experiment).flatMap((role) => {
    const definition = metrics.get(role.metric);
    return definition === undefined
      ? []
      : [draft({ ...analysis, live, look }, { ...role, definition })];
  });
  correct(drafts, analysis.inference);
  return drafts.map((d) => finish(d, analysis));
}
function finder(rows: readonly MomentRow[]): Given['live'] {
  const place = (metric: string, variant: string): string => `${metric}\n${variant}`;
  const found = new Map(rows.map((row) => [place(row.metric, row.variant), row]));
  return (metric, variant) => found.get(place(metric, variant));
}

/** Holm over the primary metric's treatments, Benjamini–Hochberg over the secondary metrics; guardrails stay as they are. */
function correct(drafts: readonly Draft[], inference: Inference): void {
  if (inference.correction === 'none') return;
  for (const [role, adjust] of [
    ['primary', holm],
    ['secondary', benjaminiHochberg],
  ] as const) {
    const family = drafts.filter((d) => d.measured.role === role).flatMap((d) => d.arms);
    const adjusted = adjust(
      family.map((arm) => (arm.wanting.length > 0 ? null : arm.comparison.pValue)),
    );
    for (const [i, arm] of family.entries()) arm.adjusted = adjusted[i] ?? null;
  }
}

function finish({ measured, control, level, cap, arms }: Draft, analysis: Analysis): MetricReadout {
  const { definition, role, margin } = measured;
  const units = [control.n, ...arms.map((arm) => arm.shown.n)];
  const { inference, experiment } = analysis;
  const judging = { inference, power: experiment.analysis.power, level };
  const planned = inference.plannedPerVariant;
  return {
    metric: measured.metric,
    name: definition.name ?? definition.key,
    role,
    kind: definition.kind,
    direction: definition.direction,
    ...(definition.unitOfMeasure === undefined ? {} : { unitOfMeasure: definition.unitOfMeasure }),
    ...(margin === undefined ? {} : { margin }),
    method: {
      estimator: estimatorOf(definition, arms),
      interval: intervalKind(role, inference),
      cuped: arms.some((arm) => isAdjusted(arm.comparison)),
      level,
    },
    cap,
    precision: planned === null ? null : Math.min(...units) / planned,
    matured: analysis.matured.get(measured.metric) ?? null,
    control: {
      variant: analysis.baseline,
      n: control.n,
      value: control.value,
      total: control.total,
    },
    results: arms.map((arm) => resultOf(arm, measured, judging)),
  };
}

/** Guardrails of a group sequential test are watched at any time. */
const intervalKind = (role: MetricReadout['role'], { kind }: Inference): Inference['kind'] =>
  kind === 'groupSequential' && role === 'guardrail' ? 'confidenceSequence' : kind;

const isAdjusted = (comparison: Comparison): boolean =>
  comparison.notes.includes('adjusted_lin') || comparison.notes.includes('adjusted_pooled');

function estimatorOf(metric: Metric, arms: readonly Arm[]): string {
  if (arms.some((arm) => isAdjusted(arm.comparison))) return 'cuped';
  if (metric.kind === 'quantile') return 'quantile';
  if (metric.kind === 'ratio') return 'delta';
  if (metric.kind === 'mean' || metric.kind === 'count') return 'welch';
  return arms.some((arm) => arm.comparison.notes.includes('small_counts'))
    ? 'newcombe'
    : 'unpooled';
}
