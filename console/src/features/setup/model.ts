import type { Experiment, ExperimentBody } from '@assay/server/contract';
import { toCondition, toNode, type Group } from '../../ui/condition/model.ts';

/** A plan while it is written: the stored body with its audience open for editing. */
export type PlanDraft = Pick<
  ExperimentBody,
  | 'flag'
  | 'environment'
  | 'unit'
  | 'hypothesis'
  | 'variants'
  | 'control'
  | 'coverage'
  | 'layer'
  | 'metrics'
  | 'analysis'
  | 'plan'
  | 'owner'
> & { readonly name: string; readonly holdouts: readonly string[]; readonly audience: Group };

export function openPlan(experiment: Experiment): PlanDraft {
  const { name, holdouts, audience, layer } = experiment;
  return {
    flag: experiment.flag,
    environment: experiment.environment,
    unit: experiment.unit,
    hypothesis: experiment.hypothesis,
    variants: experiment.variants,
    control: experiment.control,
    coverage: experiment.coverage,
    layer,
    metrics: experiment.metrics,
    analysis: experiment.analysis,
    plan: experiment.plan,
    owner: experiment.owner,
    name: name ?? '',
    holdouts: holdouts ?? [],
    audience: toNode(audience),
  };
}

/** Closes the draft over the stored experiment, which keeps what the page does not show. */
export function closePlan(stored: Experiment, draft: PlanDraft): ExperimentBody {
  const { layer, audience, holdouts, name, ...rest } = draft;
  const { layer: _layer, audience: _audience, holdouts: _holdouts, ...kept } = stored;
  const condition = toCondition(audience);
  return {
    ...kept,
    ...rest,
    ...((name !== '' || stored.name !== undefined) && { name }),
    ...(layer !== undefined && { layer }),
    ...(condition !== undefined && { audience: condition }),
    ...(holdouts.length > 0 && { holdouts: [...holdouts] }),
  };
}

/** Share of each variant, 0 … 1. */
export function sharesOf(variants: readonly { weight: number }[]): number[] {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants.map(({ weight }) => (total === 0 ? 0 : weight / total));
}

export type Slots = NonNullable<ExperimentBody['layer']>['slots'];
const slotCount = 10_000;

/**
 * Free ranges of a layer that add up to `share`, the lowest first; null when so much is not free.
 * `taken` are the ranges of the other experiments in it.
 * @example allocate([[0, 6000]], 0.2) // [[6000, 8000]]
 */
export function allocate(taken: Slots, share: number): Slots | null {
  let needed = Math.round(share * slotCount);
  const slots: Slots = [];
  for (const [from, to] of freeRanges(taken)) {
    if (needed <= 0) break;
    const end = Math.min(to, from + needed);
    slots.push([from, end]);
    needed -= end - from;
  }
  return needed > 0 || slots.length === 0 ? null : slots;
}

export function freeRanges(taken: Slots): Slots {
  const free: Slots = [];
  let at = 0;
  for (const [from, to] of taken.toSorted(([a], [b]) => a - b)) {
    if (from > at) free.push([at, from]);
    at = Math.max(at, to);
  }
  if (at < slotCount) free.push([at, slotCount]);
  return free;
}

export function shareOfSlots(slots: Slots): number {
  return slots.reduce((sum, [from, to]) => sum + to - from, 0) / slotCount;
}

/** Ranges of a layer that other drafts and running experiments hold. */
export function takenSlots(layer: string, experiments: readonly Experiment[], self: string): Slots {
  return experiments
    .filter(({ key, status }) => key !== self && (status === 'draft' || status === 'running'))
    .flatMap((experiment) => (experiment.layer?.key === layer ? experiment.layer.slots : []));
}

/** Metrics may have one role each: what is chosen elsewhere is not offered again. */
export function rolesOf({ metrics }: PlanDraft): ReadonlySet<string> {
  return new Set([
    ...(metrics.primary === undefined ? [] : [metrics.primary]),
    ...metrics.secondary,
    ...metrics.guardrails.map(({ metric }) => metric),
  ]);
}

/** Other tests that change the same flag in the same environment: then two causes share one effect. */
export function rivals(
  draft: PlanDraft,
  experiments: readonly Experiment[],
  self: string,
): Experiment[] {
  return experiments.filter(
    ({ key, flag, environment, status }) =>
      key !== self &&
      status === 'running' &&
      flag === draft.flag &&
      environment === draft.environment,
  );
}
