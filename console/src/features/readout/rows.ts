import type { MetricReadout, MetricResult, Readout, Series } from '@assay/server/contract';
import { sharedDomain, type Domain } from '../../charts/axis.ts';
import { clearSince } from '../../charts/lift-model.ts';
import type { Format } from '../../lib/format.ts';
import { daysOf } from './days.ts';
import { harmEdge, spansOf } from './figures.ts';
import type { ReadoutWords } from './text.ts';

const roles = ['primary', 'secondary', 'guardrail'] as const;
export type Role = (typeof roles)[number];

/** Metrics by role, in the order of the page; empty groups left out. */
export function groupsOf(
  readout: Pick<Readout, 'metrics'>,
): readonly (readonly [Role, readonly MetricReadout[]])[] {
  return roles
    .map((role) => [role, readout.metrics.filter((m) => m.role === role)] as const)
    .filter(([, metrics]) => metrics.length > 0);
}

/** One axis for the whole table, so that bars can be compared by eye. */
export function tableDomain(metrics: readonly MetricReadout[], mde: number | undefined): Domain {
  const spans = metrics.flatMap((metric) =>
    metric.results.flatMap((result): Domain[] => {
      const [widest] = spansOf(result);
      return widest === undefined || widest.low === null || widest.high === null
        ? []
        : [[widest.low, widest.high]];
    }),
  );
  const primary = metrics.find((m) => m.role === 'primary');
  const edges = metrics.map(harmEdge).filter((edge) => edge !== undefined);
  return sharedDomain(spans, [...(mde === undefined ? [] : [mdeOf(primary, mde)]), ...edges]);
}
/** The planned lift, on the good side of the metric. */
export function mdeOf(metric: Pick<MetricReadout, 'direction'> | undefined, mde: number): number {
  return metric?.direction === 'down' ? -mde : mde;
}

/** The quiet line under a metric's name: how it is made, or what a guardrail promised. */
export function metricNote(
  metric: MetricReadout,
  unit: string,
  { t, format }: { t: ReadoutWords; format: Format },
): string {
  const { results: r } = t;
  if (metric.role === 'guardrail') {
    if (metric.margin === undefined) return r.noMargin;
    const margin = format.percent(metric.margin);
    return metric.direction === 'up' ? r.mustNotFall(margin) : r.mustNotRise(margin);
  }
  const kind = r.kinds[metric.kind];
  return [
    typeof kind === 'string' ? kind : kind(unit),
    metric.cap === null || metric.cap.units === 0 ? '' : r.capped(format.count(metric.cap.units)),
    metric.method.cuped ? r.cupedUsed : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The line under the evidence: since when it is clear, the worst case, or what is missing and for how long. */
export function evidenceNote(
  metric: MetricReadout,
  result: MetricResult,
  context: { t: ReadoutWords; format: Format; readout: Readout; series: Series | undefined },
): string {
  const { t, format, readout, series } = context;
  const { results: r } = t;
  if (result.status === 'insufficient') return missing(metric, result, t, readout);
  if (result.notes.includes('too_good_to_be_true')) return r.notes.too_good_to_be_true;
  if (metric.role === 'guardrail')
    return result.worst === undefined || result.worst === null
      ? noteText(result, t)
      : r.worst(format.lift(result.worst));
  if (result.status === 'neutral') return noteText(result, t) || r.noClear;
  const clear = series === undefined ? null : clearSince(daysOf(series, result.variant));
  return clear === null ? r.statuses[result.status] : r.clearSince(clear.day);
}

function missing(
  metric: MetricReadout,
  result: MetricResult,
  t: ReadoutWords,
  readout: Readout,
): string {
  const left = daysLeft(metric, readout);
  return result.notes.includes('before_planned_sample') && left !== null
    ? t.results.timeLeft(left)
    : noteText(result, t);
}
/** Days until the planned sample at the pace so far; null without a plan or a pace. */
export function daysLeft(
  { precision }: Pick<MetricReadout, 'precision'>,
  { day, status }: Pick<Readout, 'day' | 'status'>,
): number | null {
  if (precision === null || precision <= 0 || precision >= 1 || day <= 0) return null;
  return status === 'running' ? Math.ceil((day * (1 - precision)) / precision) : null;
}

function noteText({ notes }: Pick<MetricResult, 'notes'>, t: ReadoutWords): string {
  const known = notes.find((note) => note in t.results.notes);
  return known === undefined ? '' : t.results.notes[known as keyof typeof t.results.notes];
}
