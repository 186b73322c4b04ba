import type { Baseline, Input, Metric } from '@assay/server/contract';
import { sharesOf, type PlanDraft } from './model.ts';

type PlanBody = Input<'POST /api/plan'>['body'];

/** The sample-size question that a draft and its measured baseline pose; null while something is missing. */
export function sizeQuestion(
  draft: PlanDraft,
  metric: Metric | undefined,
  baseline: Baseline | undefined,
): PlanBody | null {
  const kind = plannable(metric?.kind);
  const now = baseline === undefined ? null : baselineOf(baseline);
  const { mde } = draft.plan;
  if (metric === undefined || kind === null || now === null || mde === undefined) return null;
  const lift = metric.direction === 'down' ? -mde : mde;
  return {
    kind,
    baseline: now,
    mde: { relative: lift },
    alpha: draft.analysis.alpha,
    power: draft.analysis.power,
    variants: controlFirst(draft),
    method: draft.analysis.method === 'sequential' ? 'sequential' : 'fixed',
    maturationDays: maturation(metric),
    ...(typeof baseline?.unitsPerDay === 'number' &&
      baseline.unitsPerDay > 0 && {
        unitsPerDay: baseline.unitsPerDay * (draft.coverage / 100_000),
      }),
    ...(draft.analysis.cuped &&
      typeof baseline?.cupedR2 === 'number' &&
      baseline.cupedR2 > 0 &&
      baseline.cupedR2 < 1 && { cupedR2: baseline.cupedR2 }),
  };
}

function plannable(kind: Metric['kind'] | undefined): PlanBody['kind'] | null {
  if (kind === 'funnel') return 'proportion';
  return kind === undefined || kind === 'quantile' ? null : kind;
}

function baselineOf({ rate, mean, variance, ratio }: Baseline): PlanBody['baseline'] | null {
  if (rate !== null) return rate > 0 && rate < 1 ? { rate } : null;
  if (mean !== null && variance !== null && variance > 0) return { mean, variance };
  return ratio !== null && ratio.denominator.mean > 0 ? ratio : null;
}

function controlFirst({ variants, control }: PlanDraft): number[] {
  const shares = sharesOf(variants);
  const first = variants.findIndex(({ key }) => key === control);
  return [shares[first] ?? 1, ...shares.filter((_, i) => i !== first)].filter((share) => share > 0);
}

function maturation({ window: span }: Metric): number {
  return span === undefined
    ? 0
    : (span.days ?? 0) + (span.hours ?? 0) / 24 + (span.minutes ?? 0) / 1_440;
}
