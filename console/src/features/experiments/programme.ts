import type { Experiment } from '@assay/server/contract';

export type Programme = {
  running: number;
  owners: number;
  decided: number;
  decidedBefore: number;
  shipped: number;
  /** Median days from start to decision this quarter; null when none was decided. */
  medianDays: number | null;
};

/** How the programme goes: this calendar quarter against the one before, as of `now` (ms). */
export function programme(experiments: readonly Experiment[], now: number): Programme {
  const start = quarterStart(now);
  const before = quarterStart(start - 1);
  const decidedIn = (from: number, to: number) =>
    experiments.filter(({ decision }) => {
      const at = decision === null ? Number.NaN : Date.parse(decision.at);
      return at >= from && at < to;
    });
  const current = experiments.filter(({ status }) => status === 'running');
  const decided = decidedIn(start, Number.POSITIVE_INFINITY);
  return {
    running: current.length,
    owners: new Set(current.map(({ owner }) => owner).filter((owner) => owner !== '')).size,
    decided: decided.length,
    decidedBefore: decidedIn(before, start).length,
    shipped: decided.filter(({ decision }) => decision?.outcome === 'ship').length,
    medianDays: median(decided.flatMap(daysToDecision)),
  };
}

function quarterStart(time: number): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), Math.floor(date.getMonth() / 3) * 3, 1).getTime();
}

function daysToDecision({ startedAt, decision }: Experiment): number[] {
  if (startedAt === null || decision === null) return [];
  return [(Date.parse(decision.at) - Date.parse(startedAt)) / 86_400_000];
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = sorted[Math.ceil(middle) - 1];
  const high = sorted[Math.floor(middle)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
