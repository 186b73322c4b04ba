import type { Metric } from '../contract/definitions.ts';
import { compare, type Pair } from '../stats/compare.ts';
import { packed, type Moments } from '../stats/moments.ts';
import type { MomentAnswer } from '../store/events/port.ts';
import type { PrePeriod } from './checks.ts';

/** Compares the covariates alone: a difference that existed before exposure cannot be the treatment's doing. */
export function prePeriodOf(
  answer: MomentAnswer,
  metrics: ReadonlyMap<string, Metric>,
  baseline: string,
): PrePeriod[] {
  return answer.rows.flatMap((row) => {
    const metric = metrics.get(row.metric);
    const control = answer.rows.find((r) => r.metric === row.metric && r.variant === baseline);
    if (metric === undefined || control === undefined || row.variant === baseline) return [];
    const pair = before(metric, control.moments, row.moments);
    const pValue = pair === undefined ? null : compare(pair, { alpha: 0.05 }).pValue;
    return pValue === null ? [] : [{ metric: row.metric, variant: row.variant, pValue }];
  });
}

/** The covariate columns: x of `[y, x]`, p and q of `[m, d, p, q]`; undefined where none were asked for. */
function before(metric: Metric, control: Moments, treatment: Moments): Pair | undefined {
  const columns = treatment.mean.length;
  if (metric.kind === 'ratio' && columns === 4)
    return { shape: 'ratio', control: pick(control, [2, 3]), treatment: pick(treatment, [2, 3]) };
  const single = metric.kind === 'mean' || metric.kind === 'count' || metric.kind === 'proportion';
  if (single && columns === 2)
    return { shape: 'mean', control: pick(control, [1]), treatment: pick(treatment, [1]) };
  return undefined;
}

/** Some columns of moments, in the given order. */
function pick({ n, mean, comoment }: Moments, columns: readonly number[]): Moments {
  return {
    n,
    mean: columns.map((c) => mean[c] ?? 0),
    comoment: columns.flatMap((a, i) =>
      columns.slice(i).map((b) => comoment[packed(a, b, mean.length)] ?? 0),
    ),
  };
}
