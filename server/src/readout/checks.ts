import type { Check, Readout } from '../contract/readout.ts';
import { sampleRatio } from '../stats/srm.ts';
import type { MomentAnswer, UnitRow } from '../store/events/port.ts';

/** What the checks look at. Times in ms since the epoch. */
export interface Evidence {
  readonly answer: MomentAnswer;
  readonly weights: Readonly<Record<string, number>>;
  readonly asOf: number;
  readonly start: number;
  /** When the phase was started here; null for one that never was. */
  readonly recordedStart: number | null;
  readonly running: boolean;
  readonly plannedPerVariant: number | null;
  readonly plannedDays: number | null;
  /** p-value of a difference before exposure, per metric and treatment; empty without covariates. */
  readonly prePeriod: readonly PrePeriod[];
  /** Events of this environment over the last day; null when nobody counted. */
  readonly intake: { readonly accepted: number; readonly rejected: number } | null;
}
export interface PrePeriod {
  readonly metric: string;
  readonly variant: string;
  readonly pValue: number;
}

export const limits = {
  srmAlarm: 0.001,
  srmCaution: 0.01,
  crossover: 0.01,
  strangers: 0.01,
  prePeriod: 0.001,
  rejectedCaution: 0.01,
  rejectedAlarm: 0.1,
  /** Hours without any event in the environment. */
  silenceCaution: 24,
  silenceAlarm: 72,
} as const;

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

/** Every quality check that can be judged from the evidence, in the order of the health strip. */
export function checksOf(evidence: Evidence): Check[] {
  return [
    sampleRatioCheck(evidence),
    crossover(evidence),
    strangers(evidence),
    prePeriod(evidence),
    dataFresh(evidence),
    wholeWeeks(evidence),
    rejected(evidence),
    sample(evidence),
  ].filter((check) => check !== undefined);
}

/** Units by variant; a variant without a row has none. */
export function unitsOf(
  rows: readonly UnitRow[],
  variants: readonly string[],
): Record<string, number> {
  const units = Object.fromEntries(variants.map((variant) => [variant, 0]));
  for (const row of rows) units[row.variant] = (units[row.variant] ?? 0) + row.units;
  return units;
}

/** Sample ratio of the exposed units against the weights. `expected` holds counts. */
export function srmOf(
  units: Readonly<Record<string, number>>,
  weights: Readonly<Record<string, number>>,
): Readout['srm'] {
  const variants = Object.keys(weights);
  const counts = variants.map((v) => units[v] ?? 0);
  const shares = variants.map((v) => weights[v] ?? 0);
  const found = sampleRatio(counts, shares);
  const all = counts.reduce((a, b) => a + b, 0);
  const weight = shares.reduce((a, b) => a + b, 0);
  return {
    pValue: found.pValue,
    log10PValue: found.log10PValue,
    chiSquare: found.chiSquare,
    suspicious: found.suspicious,
    expected: Object.fromEntries(
      variants.map((v, i) => [v, weight > 0 ? (all * (shares[i] ?? 0)) / weight : 0]),
    ),
  };
}

function sampleRatioCheck({ answer, weights }: Evidence): Check {
  const units = unitsOf(answer.units, Object.keys(weights));
  const { pValue, suspicious } = srmOf(units, weights);
  const caution = pValue !== null && pValue < limits.srmCaution;
  const status = suspicious ? 'fail' : caution ? 'warn' : 'ok';
  return {
    id: 'srm',
    status,
    value: pValue,
    detail: { alarm: limits.srmAlarm, caution: limits.srmCaution },
  };
}

/** Units seen in two variants are left out; too many of them, or leaving out more from one variant, breaks the split. */
function crossover({ answer, weights }: Evidence): Check {
  const kept = total(unitsOf(answer.units, Object.keys(weights)));
  const share = ratio(answer.crossovers, kept + answer.crossovers);
  const own = srmOf(answer.crossoversByVariant, weights);
  return {
    id: 'crossover',
    status: share > limits.crossover || own.suspicious ? 'fail' : 'ok',
    value: share,
    detail: { units: answer.crossovers, limit: limits.crossover, pValue: own.pValue },
  };
}

function strangers({ answer, weights }: Evidence): Check {
  const known = total(unitsOf(answer.units, Object.keys(weights))) + answer.crossovers;
  const share = ratio(answer.strangers, known + answer.strangers);
  const status = share > limits.strangers ? 'fail' : answer.strangers > 0 ? 'warn' : 'ok';
  return {
    id: 'strangers',
    status,
    value: share,
    detail: { units: answer.strangers, limit: limits.strangers },
  };
}

/** The smallest p-value of a difference that existed before exposure, Bonferroni over what was looked at. */
function prePeriod({ prePeriod: found }: Evidence): Check | undefined {
  const [worst] = found.toSorted((a, b) => a.pValue - b.pValue);
  if (worst === undefined) return undefined;
  const pValue = Math.min(1, worst.pValue * found.length);
  return {
    id: 'prePeriod',
    status: pValue < limits.prePeriod ? 'fail' : 'ok',
    value: pValue,
    detail: {
      metric: worst.metric,
      variant: worst.variant,
      tests: found.length,
      alarm: limits.prePeriod,
    },
  };
}

/** Silence since the last event. History from before the recorded start (an import) was never meant to be fresh. */
function dataFresh({ answer, asOf, running, recordedStart }: Evidence): Check {
  const { lastEvent } = answer;
  const hours = lastEvent === null ? null : (asOf - lastEvent) / hourMs;
  const live = lastEvent !== null && recordedStart !== null && lastEvent >= recordedStart;
  const silent = running && (hours === null || hours > limits.silenceCaution);
  const status = live && silent && Number(hours) > limits.silenceAlarm ? 'fail' : 'warn';
  return {
    id: 'dataFresh',
    status: silent ? status : 'ok',
    value: hours,
    detail: { unit: 'hours', caution: limits.silenceCaution, alarm: limits.silenceAlarm },
  };
}

/** Days of the week differ: one whole week at least, two where the plan is that long. */
function wholeWeeks({ asOf, start, plannedDays }: Evidence): Check {
  const weeks = Math.max(0, asOf - start) / weekMs;
  const needed = neededWeeks(plannedDays);
  return {
    id: 'wholeWeeks',
    status: weeks >= needed ? 'ok' : 'warn',
    value: weeks,
    detail: { needed },
  };
}
const neededWeeks = (plannedDays: number | null): number =>
  plannedDays !== null && plannedDays >= 14 ? 2 : 1;

function rejected({ intake }: Evidence): Check | undefined {
  if (intake === null) return undefined;
  const share = ratio(intake.rejected, intake.accepted + intake.rejected);
  const status =
    share > limits.rejectedAlarm ? 'fail' : share > limits.rejectedCaution ? 'warn' : 'ok';
  return {
    id: 'rejected',
    status,
    value: share,
    detail: {
      events: intake.rejected,
      caution: limits.rejectedCaution,
      alarm: limits.rejectedAlarm,
    },
  };
}

function sample({ answer, weights, plannedPerVariant }: Evidence): Check | undefined {
  if (plannedPerVariant === null) return undefined;
  const least = Math.min(...Object.values(unitsOf(answer.units, Object.keys(weights))));
  return {
    id: 'sample',
    status: least >= plannedPerVariant ? 'ok' : 'warn',
    value: least / plannedPerVariant,
    detail: { units: least, planned: plannedPerVariant },
  };
}

const total = (units: Readonly<Record<string, number>>): number =>
  Object.values(units).reduce((a, b) => a + b, 0);
const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
