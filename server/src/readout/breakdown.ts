import type { Metric } from '../contract/definitions.ts';
import type { Breakdown } from '../contract/readout.ts';
import { AppError } from '../errors.ts';
import { heterogeneity, type Effect } from '../stats/heterogeneity.ts';
import { merge, type Moments } from '../stats/moments.ts';
import { benjaminiHochberg } from '../stats/multiplicity.ts';
import type { MomentAnswer, MomentRow } from '../store/events/port.ts';
import { srmOf, unitsOf } from './checks.ts';
import { estimate } from './estimate.ts';
import { figures } from './figures.ts';
import { inferenceOf } from './inference.ts';
import type { Subject } from './subject.ts';

const mostSlices = 50;
/** Stands in a slice for all values past the fifty largest. */
export const otherValues = '*';

/** The one or two attributes of `by`, comma between. Throws `invalid`. */
export function sliceNames(by: string): string[] {
  const names = by.split(',').filter((name) => name !== '');
  if (names.length < 1 || names.length > 2)
    throw new AppError('invalid', `by names ${names.length} attributes, must be 1 or 2.`, {
      errors: [{ path: 'query.by', message: 'one attribute, or two with a comma between' }],
    });
  return names;
}

/** One metric by slices of the exposed units, largest first, and whether the effect differs between them. Pure. */
export function breakdownOf(
  subject: Subject,
  metric: Metric,
  answer: MomentAnswer,
  by: readonly string[],
): Breakdown {
  const { experiment, baseline } = subject;
  const treatments = experiment.variants.map((v) => v.key).filter((key) => key !== baseline);
  const slices = slicesOf(subject, metric, answer, by.length);
  const all = slices.reduce((sum, slice) => sum + slice.size, 0);
  const ratios = benjaminiHochberg(slices.map(({ units }) => srmOf(units, subject.weights).pValue));
  const compared = slices.map((slice) => compareSlice(subject, metric, slice, treatments));
  return {
    metric: metric.key,
    by: [...by],
    differs: treatments.map((variant) =>
      difference(
        variant,
        compared.flatMap((slice) => effectOf(slice, variant)),
      ),
    ),
    slices: slices.map((slice, i) => ({
      slice: [...slice.values],
      share: all > 0 ? slice.size / all : 0,
      units: slice.units,
      srm: ratios[i] ?? null,
      results: (compared[i] ?? []).map((r) => r.shown),
    })),
  };
}

interface Slice {
  readonly values: readonly string[];
  readonly units: Record<string, number>;
  readonly size: number;
  /** Of the metric, by variant. */
  readonly rows: ReadonlyMap<string, MomentRow>;
}

function slicesOf(
  { experiment }: Subject,
  metric: Metric,
  answer: MomentAnswer,
  width: number,
): Slice[] {
  const variants = experiment.variants.map((v) => v.key);
  const keyOf = (values: readonly string[] | undefined): string => JSON.stringify(values ?? []);
  const keys = new Set(answer.units.map((row) => keyOf(row.slice)));
  const all = [...keys].map((key): Slice => {
    const here = answer.units.filter((row) => keyOf(row.slice) === key);
    const units = unitsOf(here, variants);
    const rows = answer.rows.filter((r) => r.metric === metric.key && keyOf(r.slice) === key);
    return {
      values: here[0]?.slice ?? [],
      units,
      size: Object.values(units).reduce((a, b) => a + b, 0),
      rows: new Map(rows.map((row) => [row.variant, row])),
    };
  });
  const sorted = all.toSorted((a, b) => b.size - a.size);
  if (sorted.length <= mostSlices) return sorted;
  const rest = sorted.slice(mostSlices);
  const values = Array.from({ length: width }, () => otherValues);
  return [...sorted.slice(0, mostSlices), { ...rest.reduce(joined), values }];
}

/** Two slices as one. A quantile cannot be joined from moments: its rows are dropped. */
function joined(a: Slice, b: Slice): Slice {
  const variants = [...new Set([...a.rows.keys(), ...b.rows.keys()])];
  const rows = variants.flatMap((variant): [string, MomentRow][] => {
    const both = [a.rows.get(variant), b.rows.get(variant)].filter((row) => row !== undefined);
    const [first] = both;
    if (first === undefined || first.quantile !== undefined) return [];
    const moments = both.map((row) => row.moments).reduce((x: Moments, y) => merge(x, y));
    return [[variant, { ...first, moments }]];
  });
  const names = [...new Set([...Object.keys(a.units), ...Object.keys(b.units)])];
  return {
    values: a.values,
    units: Object.fromEntries(names.map((v) => [v, (a.units[v] ?? 0) + (b.units[v] ?? 0)])),
    size: a.size + b.size,
    rows: new Map(rows),
  };
}

interface SliceResult {
  readonly shown: Breakdown['slices'][number]['results'][number];
  readonly standardError: number | null;
}
function compareSlice(
  { experiment, baseline }: Subject,
  metric: Metric,
  { rows }: Slice,
  treatments: readonly string[],
): SliceResult[] {
  const inference = inferenceOf(experiment);
  const control = figures(metric, rows.get(baseline));
  return treatments.map((variant) => {
    const treatment = figures(metric, rows.get(variant));
    const found = estimate({ control, treatment }, inference, inference.alpha);
    const { absolute, relative, pValue, standardError } = found;
    const notes = [...found.notes];
    const shown = { variant, value: treatment.value, absolute, relative, pValue, notes };
    return { shown, standardError };
  });
}

function effectOf(slice: readonly SliceResult[], variant: string): Effect[] {
  const found = slice.find((r) => r.shown.variant === variant);
  const effect = found?.shown.absolute.estimate ?? null;
  const se = found?.standardError ?? null;
  return effect === null || se === null || !(se > 0) ? [] : [{ effect, se }];
}

function difference(variant: string, effects: readonly Effect[]): Breakdown['differs'][number] {
  const unknown = { variant, q: null, df: 0, pValue: null };
  if (effects.length < 2) return unknown;
  const { q, df, pValue } = heterogeneity(effects);
  return Number.isFinite(q) ? { variant, q, df, pValue } : unknown;
}
