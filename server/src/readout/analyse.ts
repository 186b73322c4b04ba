import type { Experiment, Metric } from '../contract/definitions.ts';
import type { MetricReadout, MetricResult } from '../contract/readout.ts';
import type { Comparison } from '../stats/comparison.ts';
import { compareToMargin, type MarginTest } from '../stats/margin.ts';
import { benjaminiHochberg, holm } from '../stats/multiplicity.ts';
import type { MomentAnswer, MomentRow } from '../store/events/port.ts';
import { chance, estimate, innerIntervals, momentPair } from './estimate.ts';
import type { FigurePair } from './estimate.ts';
import { figures, type Figures } from './figures.ts';
import { guardrailAlpha, methodOf, type Inference } from './inference.ts';
import { rolesOf, uncappedId, type MetricRole } from './plan.ts';
import { statusOf } from './status.ts';
import { wanting } from './wanting.ts';

export interface Analysis {
  readonly experiment: Experiment;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly answer: MomentAnswer;
  readonly inference: Inference;
  /** The variant that the others are compared with. */
  readonly baseline: string;
  /** Share of exposed units whose window has passed, by metric. */
  readonly matured: ReadonlyMap<string, number>;
}

/** False discovery rate among the secondary metrics. */
const exploratoryQ = 0.1;

/** Moments to the metrics of a readout, by role. Pure; whatever is undefined is null with a note. */
export function analyse(analysis: Analysis): MetricReadout[] {
  const rows = new Map(analysis.answer.rows.map((row) => [place(row.metric, row.variant), row]));
  const drafts = rolesOf(analysis.experiment).flatMap((role) => {
    const metric = analysis.metrics.get(role.metric);
    return metric === undefined ? [] : [draft(analysis, rows, { ...role, definition: metric })];
  });
  correct(drafts, analysis.inference);
  return drafts.map((d) => finish(d, analysis));
}

type Rows = ReadonlyMap<string, MomentRow>;
const place = (metric: string, variant: string): string => `${metric}\n${variant}`;

interface Subject extends MetricRole {
  readonly definition: Metric;
}
interface Arm {
  readonly variant: string;
  readonly pair: FigurePair;
  readonly comparison: Comparison;
  readonly margin: MarginTest | null;
  readonly uncapped: Comparison | null;
  readonly wanting: readonly string[];
  adjusted: number | null | undefined;
}
interface Draft {
  readonly subject: Subject;
  readonly control: Figures;
  readonly level: number;
  readonly cap: MetricReadout['cap'];
  readonly arms: readonly Arm[];
}

function draft(analysis: Analysis, rows: Rows, subject: Subject): Draft {
  const { experiment, inference, baseline } = analysis;
  const treatments = experiment.variants.map((v) => v.key).filter((key) => key !== baseline);
  const of = (id: string, variant: string): Figures =>
    figures(subject.definition, rows.get(place(id, variant)));
  const alpha = alphaOf(subject.role, inference, treatments.length);
  const control = of(subject.metric, baseline);
  const uncapped = uncappedId(subject.metric);
  const arms = treatments.map((variant): Arm => {
    const pair = { control, treatment: of(subject.metric, variant) };
    return {
      variant,
      pair,
      comparison: estimate(pair, inference, alpha),
      margin: marginTest(pair, subject, inference),
      uncapped: rows.has(place(uncapped, variant))
        ? estimate(
            { control: of(uncapped, baseline), treatment: of(uncapped, variant) },
            inference,
            alpha,
          )
        : null,
      wanting: wanting(pair, inference, experiment.status === 'running'),
      adjusted: undefined,
    };
  });
  const cap = capOf([baseline, ...treatments].map((v) => rows.get(place(subject.metric, v))));
  return { subject, control, level: 1 - alpha, cap, arms };
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

function marginTest(pair: FigurePair, subject: Subject, inference: Inference): MarginTest | null {
  if (inference.kind === 'bayesian') return null;
  return compareToMargin(momentPair(pair), {
    alpha: guardrailAlpha,
    // Without a margin only the deterioration half is read; any margin serves.
    margin: subject.margin ?? 0.01,
    direction: subject.definition.direction,
    method: methodOf(inference),
  });
}

/** Holm over the primary metric's treatments, Benjamini–Hochberg over the secondary metrics; guardrails stay as they are. */
function correct(drafts: readonly Draft[], inference: Inference): void {
  if (inference.correction === 'none') return;
  for (const [role, adjust] of [
    ['primary', holm],
    ['secondary', benjaminiHochberg],
  ] as const) {
    const family = drafts.filter((d) => d.subject.role === role).flatMap((d) => d.arms);
    const adjusted = adjust(
      family.map((arm) => (arm.wanting.length > 0 ? null : arm.comparison.pValue)),
    );
    for (const [i, arm] of family.entries()) arm.adjusted = adjusted[i] ?? null;
  }
}

function finish({ subject, control, level, cap, arms }: Draft, analysis: Analysis): MetricReadout {
  const { definition, role, margin } = subject;
  const units = [control.n, ...arms.map((arm) => arm.pair.treatment.n)];
  const planned = analysis.inference.plannedPerVariant;
  return {
    metric: subject.metric,
    name: definition.name ?? definition.key,
    role,
    kind: definition.kind,
    direction: definition.direction,
    ...(definition.unitOfMeasure === undefined ? {} : { unitOfMeasure: definition.unitOfMeasure }),
    ...(margin === undefined ? {} : { margin }),
    method: {
      estimator: estimatorOf(definition, arms),
      interval: analysis.inference.kind,
      cuped: arms.some((arm) => isAdjusted(arm.comparison)),
      level,
    },
    cap,
    precision: planned === null ? null : Math.min(...units) / planned,
    matured: analysis.matured.get(subject.metric) ?? null,
    control: {
      variant: analysis.baseline,
      n: control.n,
      value: control.value,
      total: control.total,
    },
    results: arms.map((arm) => result(arm, subject, analysis.inference)),
  };
}

function result(arm: Arm, subject: Subject, inference: Inference): MetricResult {
  const { comparison, pair } = arm;
  const { direction } = subject.definition;
  const { absolute } = comparison;
  const held = arm.wanting.length > 0;
  const hasMargin = subject.margin !== undefined;
  return {
    variant: arm.variant,
    n: pair.treatment.n,
    value: pair.treatment.value,
    total: pair.treatment.total,
    absolute,
    relative: comparison.relative,
    inner: innerIntervals(pair, inference),
    pValue: held ? null : comparison.pValue,
    ...(arm.adjusted === undefined ? {} : { adjustedPValue: arm.adjusted }),
    ...chance(pair, direction),
    standardError: comparison.standardError,
    statistic: comparison.statistic,
    ...(comparison.df === undefined ? {} : { df: comparison.df }),
    status: statusOf({
      role: subject.role,
      direction,
      absolute,
      corrected: correctedOf(arm, subject, inference),
      wanting: arm.wanting,
      margin: arm.margin,
      hasMargin,
    }),
    ...(hasMargin ? { worst: arm.margin?.worstLift ?? null } : {}),
    ...(arm.uncapped === null
      ? {}
      : {
          uncapped: {
            absolute: arm.uncapped.absolute,
            relative: arm.uncapped.relative,
          },
        }),
    notes: notesOf(arm, subject),
  };
}

function correctedOf(
  { adjusted }: Arm,
  { role }: Subject,
  { alpha }: Inference,
): { pValue: number; alpha: number } | null {
  if (adjusted === undefined || adjusted === null) return null;
  return { pValue: adjusted, alpha: role === 'secondary' ? exploratoryQ : alpha };
}

function notesOf(arm: Arm, subject: Subject): string[] {
  const notes: string[] = [...arm.wanting, ...arm.comparison.notes];
  if (arm.wanting.length === 0 && arm.margin?.deteriorated === true) notes.push('deteriorated');
  if (subject.role === 'guardrail' && subject.margin === undefined) notes.push('no_margin');
  return [...new Set(notes)];
}

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
