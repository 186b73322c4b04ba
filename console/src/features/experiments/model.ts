import type { Experiment, MetricReadout, MetricResult, Readout } from '@assay/server/contract';
import type { ShownGroup } from './search.ts';

export const groupOrder = ['decision', 'fix', 'collecting', 'drafts', 'decided'] as const;
export type Group = (typeof groupOrder)[number];

/** What a person should do next; the page words it. */
export type Next =
  | { code: 'finishSetup' | 'readyToStart' | 'stopped' | 'firstUnit' | 'tooEarly' | 'losing' }
  | { code: 'ship'; variant: number }
  | { code: 'rollback' | 'flat' | 'collect' | 'reading' }
  | { code: 'settles'; days: number }
  | { code: 'split'; shares: readonly number[] }
  | { code: 'check'; check: string }
  | { code: 'shipped'; variant: number; at: string }
  | { code: 'rolledBack' | 'inconclusive'; at: string };

export type Attention = { group: Group; next: Next };

/** Where an experiment stands and what it waits for. Without its readout a running one is simply collecting. */
export function attention(experiment: Experiment, readout: Readout | undefined): Attention {
  const { status, decision } = experiment;
  if (status === 'draft') return { group: 'drafts', next: { code: draftNext(experiment) } };
  if (decision !== null) return { group: 'decided', next: decidedNext(experiment, decision) };
  if (status === 'stopped') return { group: 'decision', next: { code: 'stopped' } };
  if (readout === undefined) return { group: 'collecting', next: { code: 'reading' } };
  return running(experiment, readout);
}

function draftNext({ metrics, plan }: Experiment): 'finishSetup' | 'readyToStart' {
  return metrics.primary === undefined || plan.unitsPerVariant === undefined
    ? 'finishSetup'
    : 'readyToStart';
}

function decidedNext(experiment: Experiment, decision: NonNullable<Experiment['decision']>): Next {
  const { at, outcome, variant } = decision;
  if (outcome === 'ship') return { code: 'shipped', variant: positionOf(experiment, variant), at };
  return { code: outcome === 'rollback' ? 'rolledBack' : 'inconclusive', at };
}

function running(experiment: Experiment, readout: Readout): Attention {
  const { decision, variant } = readout.verdict;
  if (unitsOf(readout) === 0) return { group: 'collecting', next: { code: 'firstUnit' } };
  if (decision === 'invalid') return { group: 'fix', next: fixNext(experiment, readout) };
  if (decision === 'ship')
    return { group: 'decision', next: { code: 'ship', variant: positionOf(experiment, variant) } };
  if (decision === 'rollback') return { group: 'decision', next: { code: 'rollback' } };
  if (decision === 'inconclusive') return { group: 'decision', next: { code: 'flat' } };
  return { group: 'collecting', next: collectNext(readout) };
}

function fixNext(experiment: Experiment, readout: Readout): Next {
  const failed = readout.checks.find((check) => check.status === 'fail');
  if (failed?.id !== 'srm') return { code: 'check', check: failed?.id ?? 'sample' };
  const all = unitsOf(readout);
  return {
    code: 'split',
    shares: experiment.variants.map(({ key }) => (readout.units[key] ?? 0) / all),
  };
}

function collectNext(readout: Readout): Next {
  const status = mainResult(readout)?.result.status;
  if (status === 'worse') return { code: 'losing' };
  if (status === 'insufficient' || status === undefined) return { code: 'tooEarly' };
  const left = (readout.plannedDays ?? 0) - readout.day;
  return left > 0 ? { code: 'settles', days: Math.ceil(left) } : { code: 'collect' };
}

export function unitsOf({ units }: Readout): number {
  return Object.values(units).reduce((sum, n) => sum + n, 0);
}

/** Variants are lettered in the order of the plan. */
export function positionOf(experiment: Experiment, variant: string | undefined): number {
  return Math.max(
    0,
    experiment.variants.findIndex(({ key }) => key === variant),
  );
}

/** The primary metric's result of the treatment to speak of: the one the verdict names, else the strongest. */
export function mainResult(
  readout: Readout,
): { metric: MetricReadout; result: MetricResult } | undefined {
  const metric = readout.metrics.find(({ role }) => role === 'primary');
  const [first, ...rest] = metric?.results ?? [];
  if (metric === undefined || first === undefined) return undefined;
  const named = metric.results.find(({ variant }) => variant === readout.verdict.variant);
  const strongest = rest.reduce((best, one) => (size(one) > size(best) ? one : best), first);
  return { metric, result: named ?? strongest };
}
function size({ relative }: MetricResult): number {
  return Math.abs(relative?.estimate ?? 0);
}

export type GuardDot = 'safe' | 'notProven' | 'harmed' | 'unknown';
/** One dot a guardrail: the worst of its treatments. */
export function guardDots(readout: Readout): { name: string; dot: GuardDot }[] {
  return readout.metrics
    .filter(({ role }) => role === 'guardrail')
    .map(({ name, results }) => {
      const states = new Set(results.map(({ status }) => status));
      if (states.has('harmed') || states.has('worse')) return { name, dot: 'harmed' as const };
      if (states.has('insufficient')) return { name, dot: 'unknown' as const };
      if (states.has('not_proven')) return { name, dot: 'notProven' as const };
      return { name, dot: 'safe' as const };
    });
}

/** Share of the planned sample that the smallest variant has; null without a plan. */
export function sampleShare(experiment: Experiment, readout: Readout): number | null {
  const planned = readout.plannedUnitsPerVariant;
  if (planned === null || planned === 0) return null;
  return Math.min(...experiment.variants.map(({ key }) => (readout.units[key] ?? 0) / planned));
}

export type Health = { ok: boolean; check?: string };
export function healthOf(readout: Readout): Health {
  const bad =
    readout.checks.find(({ status }) => status === 'fail') ??
    readout.checks.find(
      ({ id, status }) => status === 'warn' && id !== 'sample' && id !== 'wholeWeeks',
    );
  return bad === undefined ? { ok: true } : { ok: false, check: bad.id };
}

export function inShownGroup(group: Group, show: ShownGroup | undefined): boolean {
  if (show === undefined) return true;
  const shown: Record<ShownGroup, readonly Group[]> = {
    needs: ['decision', 'fix'],
    running: ['decision', 'fix', 'collecting'],
    drafts: ['drafts'],
    decided: ['decided'],
  };
  return shown[show].includes(group);
}

/** The axis that all mini intervals share: ±10 % unless the estimates need more room. */
export function sharedDomain(lifts: readonly number[]): { domain: [number, number]; tick: number } {
  const largest = Math.max(0, ...lifts.map(Math.abs));
  const tick = [0.1, 0.2, 0.5, 1, 2, 5].find((size_) => largest <= size_ * 1.25) ?? 10;
  return { domain: [-1.3 * tick, 1.7 * tick], tick };
}
