import type { Metric } from '../contract/definitions.ts';
import type { Shape } from '../stats/compare.ts';
import type { Moments } from '../stats/moments.ts';
import type { MomentRow } from '../store/events/port.ts';
import { quantileZ } from './plan.ts';

/** What the row of one variant comes down to: the figure that is shown, and the moments that are compared. */
export interface Figures {
  /** Units (matured ones for retention). */
  readonly n: number;
  readonly value: number | null;
  /** Sum of the metric over the units: successes, money, events; for a quantile the number of values. */
  readonly total: number | null;
  /** The rarer of the two outcomes, in units, where the kind has outcomes. */
  readonly rarer: number | null;
  readonly shape: Shape;
  readonly moments: Moments;
}

/** Reduces a row to its shape; a variant without a row has no units. See stats/compare.ts for the columns. */
export function figures(metric: Metric, row: MomentRow | undefined): Figures {
  const moments = row?.moments ?? nobody(columnsOf(metric));
  if (metric.kind === 'proportion') return proportion(moments);
  if (metric.kind === 'mean' || metric.kind === 'count') return mean(moments);
  if (metric.kind === 'ratio') return ratio(moments);
  if (metric.kind === 'retention') return retention(moments);
  if (metric.kind === 'funnel') return funnel(moments);
  return quantile(moments, row?.quantile);
}

function columnsOf(metric: Metric): number {
  if (metric.kind === 'funnel') return metric.steps.length;
  return metric.kind === 'proportion' || metric.kind === 'mean' || metric.kind === 'count' ? 1 : 2;
}

function nobody(columns: number): Moments {
  return {
    n: 0,
    mean: Array.from({ length: columns }, () => 0),
    comoment: Array.from({ length: (columns * (columns + 1)) / 2 }, () => 0),
  };
}

function proportion(moments: Moments): Figures {
  const k = Math.round(sum(moments, 0));
  return {
    ...mean(moments),
    total: finite(k),
    rarer: Math.min(k, moments.n - k),
    shape: 'proportion',
  };
}

function mean(moments: Moments): Figures {
  return {
    n: moments.n,
    value: moments.n > 0 ? finite(column(moments, 0)) : null,
    total: finite(sum(moments, 0)),
    rarer: null,
    shape: 'mean',
    moments,
  };
}

function ratio(moments: Moments): Figures {
  const below = column(moments, 1);
  return {
    n: moments.n,
    value: below === 0 ? null : finite(column(moments, 0) / below),
    total: finite(sum(moments, 0)),
    rarer: null,
    shape: 'ratio',
    moments,
  };
}

/** Units whose day has not passed leave numerator and denominator: what stays is a plain proportion. */
function retention(moments: Moments): Figures {
  return counted(Math.round(sum(moments, 1)), Math.round(sum(moments, 0)));
}

/** The whole funnel over exposed units: step rates condition on what the treatment did, this does not. */
function funnel(moments: Moments): Figures {
  return counted(moments.n, Math.round(sum(moments, lastStep(moments))));
}
const lastStep = (moments: Moments): number => moments.mean.length - 1;

/** A proportion from its two counts. */
function counted(n: number, k: number): Figures {
  if (!(n > 0 && Number.isSafeInteger(n))) return proportion(nobody(1));
  const p = k / n;
  return proportion({ n, mean: [p], comoment: [n * p * (1 - p)] });
}

/**
 * A quantile enters as a ratio over the constant 1, with the variance that its interval implies: estimate and
 * standard error pass through the delta method unchanged. Deng, Knoblich & Lu (2018), section 4.
 */
function quantile(moments: Moments, found: MomentRow['quantile']): Figures {
  const { n } = moments;
  return {
    n,
    value: finite(found?.value ?? Number.NaN),
    total: finite(sum(moments, 1)),
    rarer: null,
    shape: 'ratio',
    moments: asRatio(n, found) ?? nobody(2),
  };
}

function asRatio(n: number, found: MomentRow['quantile']): Moments | undefined {
  if (found === undefined || found.low === null || found.high === null || n < 2) return undefined;
  const se = (found.high - found.low) / (2 * quantileZ);
  return { n, mean: [found.value, 1], comoment: [n * (n - 1) * se * se, 0, 0] };
}

function column(moments: Moments, i: number): number {
  return moments.mean[i] ?? 0;
}
function sum(moments: Moments, i: number): number {
  return moments.n * column(moments, i);
}
const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);
