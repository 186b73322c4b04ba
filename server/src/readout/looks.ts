import type { Experiment, Metric } from '../contract/definitions.ts';
import { compare } from '../stats/compare.ts';
import type { Comparison } from '../stats/comparison.ts';
import { normalIsfLn } from '../stats/distributions/normal.ts';
import { studentLnSf } from '../stats/distributions/student.ts';
import type { Look } from '../store/looks/port.ts';
import { momentPair } from './estimate.ts';
import { figures } from './figures.ts';

/** What a group sequential test must remember of a look: how much information each metric had. */
export interface LookSummary {
  readonly number: number;
  readonly at: number;
  readonly final: boolean;
  readonly units: number;
  /** Units by metric and variant (matured ones for retention). */
  readonly n: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Of the primary metric against the control, by treatment: what a correction for the stop needs. */
  readonly primary: Readonly<Record<string, LookStatistic>>;
}
export interface LookStatistic {
  /** On the normal scale. */
  readonly z: number;
  readonly standardError: number;
  readonly control: number | null;
}

export interface Moment {
  readonly units: number;
  /** Of the smallest variant. */
  readonly least: number;
  /** Units whose windows have passed. */
  readonly matured: number;
  /** Over all variants. */
  readonly planned: number;
  readonly now: number;
  /** When the last window of the last unit will have passed; null while units still come. */
  readonly maturedAt: number | null;
}

/** Information that must be gained before the next look: ten looks over the planned sample, as plans count on. */
export const lookStep = 0.1;
/** What comes before the final look has at most this much, so that something is left to spend on it. */
const mostBefore = 1 - lookStep;
/** Less information gained than this is none. */
const leastGain = 1e-4;
const roundOff = 1e-9;
/** Below this many units in a variant nothing is looked at: the normal approximation is not there yet. */
const leastUnits = 100;

/**
 * Whether now is a look: at the first 100 units a variant, after each tenth of the planned sample, and finally when the
 * planned sample has matured, or all of an ended experiment. The rule sees units and time, never results.
 */
export function lookDue(
  looks: readonly Pick<Look, 'at' | 'final' | 'units'>[],
  { units, least, matured, planned, now, maturedAt }: Moment,
): 'none' | 'interim' | 'final' {
  const last = looks.at(-1);
  if (maturedAt !== null && now >= maturedAt)
    return last === undefined || last.at < maturedAt ? 'final' : 'none';
  if (last?.final === true || least < leastUnits) return 'none';
  if (matured >= planned) return 'final';
  if (last === undefined) return 'interim';
  const gained = interimFraction(units / planned) - interimFraction(last.units / planned);
  return gained >= lookStep - roundOff ? 'interim' : 'none';
}

/** The information that a look before the final one counts for. */
export function interimFraction(fraction: number): number {
  return Math.min(fraction, mostBefore);
}

/** A look without its moments. */
export function summaryOf(look: Look, { experiment, metrics }: Looked): LookSummary {
  const n: Record<string, Record<string, number>> = {};
  for (const row of look.rows) {
    const metric = metrics.get(row.metric);
    if (metric !== undefined) (n[row.metric] ??= {})[row.variant] = figures(metric, row).n;
  }
  const { number, at, final, units } = look;
  return { number, at, final, units, n, primary: primaryAt(look, { experiment, metrics }) };
}
interface Looked {
  readonly experiment: Experiment;
  readonly metrics: ReadonlyMap<string, Metric>;
}

function primaryAt(look: Look, { experiment, metrics }: Looked): LookSummary['primary'] {
  const { control, metrics: roles, variants } = experiment;
  const metric = metrics.get(roles.primary ?? '');
  if (metric === undefined) return {};
  const of = (variant: string) =>
    figures(
      metric,
      look.rows.find((row) => row.metric === metric.key && row.variant === variant),
    );
  const primary: Record<string, LookStatistic> = {};
  for (const { key } of variants) {
    if (key === control) continue;
    const pair = { control: of(control), treatment: of(key) };
    const found = statisticOf(compare(momentPair(pair), { alpha: 0.05 }));
    if (found !== undefined) primary[key] = found;
  }
  return primary;
}

function statisticOf(comparison: Comparison): LookStatistic | undefined {
  const { statistic, df, standardError, control } = comparison;
  if (statistic === null || standardError === null) return undefined;
  const tail =
    df === undefined ? Math.abs(statistic) : normalIsfLn(studentLnSf(Math.abs(statistic), df));
  return { z: Math.sign(statistic) * tail, standardError, control };
}

/** A look that counts for a pair, and how much information it had. */
export interface Stage {
  readonly fraction: number;
  readonly look: LookSummary;
}

/**
 * The looks of a pair so far, information ascending. A look that gained nothing, or came after the final one, stands for
 * the one before it; looks at which the pair had no units are left out.
 */
export function stagesOf(
  looks: readonly LookSummary[],
  metric: string,
  [control, treatment]: readonly [string, string],
  plannedPerVariant: number,
): Stage[] {
  const stages: Stage[] = [];
  for (const look of looks) {
    const units = (look.n[metric]?.[control] ?? 0) + (look.n[metric]?.[treatment] ?? 0);
    const reached = units / (2 * plannedPerVariant);
    const fraction = look.final ? reached : interimFraction(reached);
    const isStood = (before: number): boolean => before >= 1 || fraction - before < leastGain;
    while (stages.length > 0 && isStood(stages.at(-1)?.fraction ?? 0)) stages.pop();
    if (fraction > 0) stages.push({ fraction, look });
  }
  return stages;
}
