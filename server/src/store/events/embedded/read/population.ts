import type { PopulationAnswer, PopulationQuery } from '../../port.ts';
import { dayIndex, localDays } from './days.ts';
import type { Deadline } from './deadline.ts';
import type { LogFiles } from './files.ts';
import { gather } from './moments.ts';
import { kindIn, pages } from './pages.ts';
import { reduce } from './reduce.ts';
import { collectSelectors } from './selectors.ts';

type Row = readonly [
  seq: number,
  time: number,
  unit: string,
  value: number | null,
  extra: string | null,
];

/** A metric over the units seen in a time, as if each had been exposed when first seen. */
export function answerPopulation(
  files: LogFiles,
  query: PopulationQuery,
  check: Deadline,
): PopulationAnswer {
  const { environment, unitType, to, metric } = query;
  const { index, firstSeen } = collectSeen(files, query, check);
  const t0 = Float64Array.from(firstSeen);
  const asked = { environment, unitType, asOf: to, metrics: [metric], t0, index, once: true };
  const [accumulator] = gather(files, asked, check);
  const group = new Int32Array(t0.length);
  const [reduced] =
    accumulator === undefined
      ? []
      : reduce(accumulator, { t0, group, groups: 1, reading: 'matured' }, to);
  return {
    units: t0.length,
    moments: reduced?.moments ?? { n: 0, mean: [], comoment: [] },
    growth: growthOf(t0, query),
  };
}

function collectSeen(
  files: LogFiles,
  { environment, unitType, from, to, eligible }: PopulationQuery,
  check: Deadline,
): { readonly index: Map<string, number>; readonly firstSeen: number[] } {
  const index = new Map<string, number>();
  const firstSeen: number[] = [];
  const selectors = collectSelectors();
  if (eligible !== undefined) selectors.add(eligible, false);
  const read = selectors.list[0]?.read;
  const extra = selectors.needsExtra() ? 'extra' : 'null';
  function see(unit: string, time: number): void {
    const i = index.get(unit);
    if (i === undefined) {
      index.set(unit, firstSeen.length);
      firstSeen.push(time);
    } else if (time < (firstSeen[i] ?? 0)) firstSeen[i] = time;
  }
  for (const { db, kinds } of files.between(from, to)) {
    const ids = kinds
      .filter((k) => k.environment === environment && k.unitType === unitType)
      .filter((k) => eligible === undefined || (k.type === 'track' && k.name === eligible.event))
      .map((k) => k.id);
    if (ids.length === 0) continue;
    const paged = {
      db,
      columns: `at + shift, unit, value, ${extra}`,
      where: `${kindIn(ids)} and at + shift >= ? and at + shift < ?`,
      bound: [...ids, from, to],
    };
    for (const rows of pages<Row>(paged, check))
      for (const [, time, unit, value, text] of rows)
        if (read === undefined || read({ time, value, extra: text }) !== undefined) see(unit, time);
  }
  return { index, firstSeen };
}

function growthOf(t0: Float64Array, { timeZone }: PopulationQuery): PopulationAnswer['growth'] {
  if (t0.length === 0) return [];
  let first = Infinity;
  let last = -Infinity;
  for (const time of t0) {
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  const days = localDays(first, last + 1, timeZone);
  const newcomers = new Float64Array(days.labels.length);
  for (const time of t0) {
    const d = dayIndex(days, time);
    newcomers[d] = (newcomers[d] ?? 0) + 1;
  }
  const growth: { day: string; units: number }[] = [];
  let units = 0;
  for (const [d, count] of newcomers.entries()) {
    units += count;
    const day = days.labels[d];
    if (count > 0 && day !== undefined) growth.push({ day, units });
  }
  return growth;
}
