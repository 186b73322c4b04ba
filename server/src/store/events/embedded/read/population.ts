import { halfOf, isPart, unitBits } from '../../halves.ts';
import type { HalvesAnswer, HalvesQuery, PopulationAnswer, PopulationQuery } from '../../port.ts';
import { windowEnd } from './accumulate.ts';
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

/** The same units split in two at random, once for every seed, each through the whole reduction of a readout. */
export function answerHalves(files: LogFiles, query: HalvesQuery, check: Deadline): HalvesAnswer {
  const { environment, unitType, to, metric, most } = query;
  const { index, firstSeen } = collectSeen(files, query, check);
  const t0 = Float64Array.from(firstSeen);
  const asked = { environment, unitType, asOf: to, metrics: [metric], t0, index, once: true };
  const [accumulator] = gather(files, asked, check);
  if (accumulator === undefined) return { units: 0, splits: [] };
  const bits = Float64Array.from(index.keys(), unitBits);
  const matured = t0.map((start) => (windowEnd(metric, start) <= to ? 1 : 0));
  const part =
    most /
    Math.max(
      1,
      matured.reduce((sum, m) => sum + m, 0),
    );
  const kept = bits.map((b, i) => (matured[i] === 1 && isPart(b, part) ? 1 : 0));
  const splits = query.seeds.map((seed) => {
    check();
    const group = Int32Array.from(bits, (b, i) => (kept[i] === 1 ? halfOf(b, seed) : -1));
    const [a, b] = reduce(accumulator, { t0, group, groups: 2, reading: 'matured' }, to);
    if (a === undefined || b === undefined) throw new Error('two groups have two rows');
    const row = { metric: metric.id };
    return [
      { ...row, variant: 'a', ...a },
      { ...row, variant: 'b', ...b },
    ] as const;
  });
  return { units: kept.reduce((sum, k) => sum + k, 0), splits };
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
