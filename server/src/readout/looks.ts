import type { Metric } from '../contract/definitions.ts';
import type { Look } from '../store/looks/port.ts';
import { figures } from './figures.ts';

/** What a group sequential test must remember of a look: how much information each metric had. */
export interface LookSummary {
  readonly number: number;
  readonly at: number;
  readonly final: boolean;
  readonly units: number;
  /** Units by metric and variant (matured ones for retention). */
  readonly n: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface Moment {
  readonly units: number;
  /** Of the smallest variant. */
  readonly least: number;
  /** Over all variants. */
  readonly planned: number;
  readonly now: number;
  /** When the last window of the last unit will have passed; null while units still come. */
  readonly maturedAt: number | null;
}

/** Information that must be gained before the next look: some twenty looks over the planned sample. */
export const lookStep = 0.05;
/** Less information gained than this is none. */
const leastGain = 1e-4;
/** Below this many units in a variant nothing is looked at: the normal approximation is not there yet. */
const leastUnits = 100;

/**
 * Whether now is a look: at the first 100 units a variant, after each twentieth of the planned sample, at the planned
 * sample (final), and once more when an ended experiment has matured. The rule sees units and time, never results.
 */
export function lookDue(
  looks: readonly Pick<Look, 'at' | 'final' | 'units'>[],
  { units, least, planned, now, maturedAt }: Moment,
): 'none' | 'interim' | 'final' {
  const last = looks.at(-1);
  if (maturedAt !== null && now >= maturedAt)
    return last === undefined || last.at < maturedAt ? 'final' : 'none';
  if (last?.final === true || least < leastUnits) return 'none';
  if (units >= planned) return 'final';
  const gained = (units - (last?.units ?? 0)) / planned;
  return last === undefined || gained >= lookStep ? 'interim' : 'none';
}

/** Looks without their moments. */
export function summaryOf(look: Look, metrics: ReadonlyMap<string, Metric>): LookSummary {
  const n: Record<string, Record<string, number>> = {};
  for (const row of look.rows) {
    const metric = metrics.get(row.metric);
    if (metric !== undefined) (n[row.metric] ??= {})[row.variant] = figures(metric, row).n;
  }
  const { number, at, final, units } = look;
  return { number, at, final, units, n };
}

/**
 * Information fractions of a pair at the looks so far, ascending. A look that gained nothing, or came after the planned
 * end, stands for the one before it; looks at which the pair had no units are left out.
 */
export function informationOf(
  looks: readonly LookSummary[],
  metric: string,
  [control, treatment]: readonly [string, string],
  plannedPerVariant: number,
): number[] {
  const fractions: number[] = [];
  for (const { n } of looks) {
    const units = (n[metric]?.[control] ?? 0) + (n[metric]?.[treatment] ?? 0);
    const fraction = units / (2 * plannedPerVariant);
    const isStood = (before: number): boolean => before >= 1 || fraction - before < leastGain;
    while (fractions.length > 0 && isStood(fractions.at(-1) ?? 0)) fractions.pop();
    if (fraction > 0) fractions.push(fraction);
  }
  return fractions;
}
