import type { Interval, MetricReadout, MetricResult } from '@assay/server/contract';
import type { Tone } from '../../charts/interval-model.ts';
import type { Format } from '../../lib/format.ts';

type Valued = Pick<MetricReadout, 'kind' | 'unitOfMeasure'>;
export type Diff = 'relative' | 'absolute' | 'total';

const shares = new Set<MetricReadout['kind']>(['proportion', 'retention', 'funnel']);
/** Kinds whose differences can be summed over units: orders, money; never a ratio or a quantile. */
const addsUp = new Set<MetricReadout['kind']>([...shares, 'mean', 'count']);
export function isShare({ kind }: Valued): boolean {
  return shares.has(kind);
}

/** "12.41%", "¥23.84", "1,842 ms". */
export function valueText(format: Format, metric: Valued, value: number | null): string {
  return isShare(metric) ? format.rate(value) : format.amount(value, metric.unitOfMeasure);
}

/** What the value is out of: "5,983 / 48.2k", "¥1.15M", "48.2k". */
export function outOf(
  format: Format,
  metric: Valued,
  { n, total }: { n: number; total: number | null },
): string {
  if (isShare(metric))
    return total === null ? format.count(n) : `${format.count(total)} / ${format.count(n)}`;
  if (metric.kind === 'mean' || metric.kind === 'count')
    return format.total(total, metric.unitOfMeasure);
  return format.count(n);
}

/** Estimate and interval under it, as the chosen difference shows them. */
export function differenceText(
  format: Format,
  metric: Valued,
  result: Pick<MetricResult, 'absolute' | 'relative' | 'n'>,
  diff: Diff,
): { readonly main: string; readonly range: string } {
  if (diff === 'relative') {
    const { relative } = result;
    return relative === null
      ? { main: '–', range: '' }
      : {
          main: format.lift(relative.estimate),
          range: format.liftInterval(relative.low, relative.high),
        };
  }
  if (diff === 'total' && !addsUp.has(metric.kind)) return { main: '–', range: '' };
  const write = diff === 'total' ? totalOf(format, metric, result.n) : absoluteOf(format, metric);
  const { estimate, low, high } = result.absolute;
  return { main: write.full(estimate), range: `[${write.bare(low)}, ${write.bare(high)}]` };
}

/** With its unit, and for the bounds under it without repeating the unit. */
type Write = Readonly<Record<'full' | 'bare', (x: number | null) => string>>;
function absoluteOf(format: Format, metric: Valued): Write {
  if (isShare(metric))
    return {
      full: (x) => format.points(x),
      bare: (x) => format.points(x).replace(/ .*$/, ''),
    };
  return {
    full: (x) => plus(x, format.amount(x, metric.unitOfMeasure)),
    bare: (x) => plus(x, format.number(x)),
  };
}
/** The difference over all units of the treatment: how many more orders, how much more money. */
function totalOf(format: Format, metric: Valued, n: number): Write {
  // A sum over many units has no use for fractions.
  const all = (x: number | null): number | null =>
    x === null ? null : Math.abs(x * n) < 10 ? x * n : Math.round(x * n);
  return {
    full: (x) => plus(all(x), format.total(all(x), metric.unitOfMeasure)),
    bare: (x) => plus(all(x), format.count(all(x))),
  };
}
function plus(x: number | null, text: string): string {
  return x !== null && x > 0 ? `+${text}` : text;
}

const tones: Record<MetricResult['status'], Tone> = {
  better: 'win',
  improved: 'win',
  worse: 'lose',
  harmed: 'lose',
  neutral: 'neutral',
  safe: 'neutral',
  not_proven: 'warn',
  insufficient: 'insufficient',
};
export function toneOf(result: Pick<MetricResult, 'status'>): Tone {
  return tones[result.status];
}
/** The same for lines and curves, which know no doubt but "no clear difference". */
export function lineTone(result: Pick<MetricResult, 'status'>): 'win' | 'lose' | 'neutral' {
  const tone = toneOf(result);
  return tone === 'win' || tone === 'lose' ? tone : 'neutral';
}

/** Main interval and, inside it, those of 80 and 50 %. */
export function spansOf({ relative, inner }: Pick<MetricResult, 'relative' | 'inner'>): Interval[] {
  return [relative, inner?.p80, inner?.p50].filter(
    (span): span is Interval => span !== null && span !== undefined,
  );
}

/** The lift beyond which a guardrail is harmed, with its sign. */
export function harmEdge({ margin, direction }: Pick<MetricReadout, 'margin' | 'direction'>) {
  if (margin === undefined) return undefined;
  return direction === 'up' ? -margin : margin;
}

/**
 * Standard error of the lift from that of the difference: the delta method for variants of equal variance,
 * √((1 + (1 + r)²) / 2) · SE / |control|. Null when the lift is undefined.
 */
export function liftError(
  result: Pick<MetricResult, 'absolute' | 'relative' | 'standardError'>,
  control: number | null,
): number | null {
  const lift = result.relative?.estimate ?? null;
  if (lift === null || result.standardError === null || result.standardError <= 0) return null;
  const difference = result.absolute.estimate;
  const base = lift !== 0 && difference !== null ? difference / lift : control;
  if (base === null || base === 0) return null;
  return (Math.sqrt((1 + (1 + lift) ** 2) / 2) * result.standardError) / Math.abs(base);
}
