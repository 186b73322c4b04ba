import type { CountAnswer, CountQuery } from '../../port.ts';
import type { KindRow } from '../log/kinds.ts';
import { dayIndex, localDays } from './days.ts';
import type { Deadline } from './deadline.ts';
import type { LogFiles } from './files.ts';
import { kindIn, pages } from './pages.ts';
import { compareText } from './text-order.ts';

type Row = readonly [seq: number, kind: number, time: number, unit: string];
interface NameCell {
  readonly name: string;
  readonly day: number;
  events: number;
  readonly units: Set<string>;
}
interface ExposureCell {
  readonly kind: KindRow;
  readonly day: number;
  exposures: number;
}

/** Events and distinct units by name and local day; exposures by experiment, variant, phase and day. */
export function answerCounts(files: LogFiles, query: CountQuery, check: Deadline): CountAnswer {
  const { environment, from, to } = query;
  const days = localDays(from, to, query.timeZone);
  const names = new Map<string, NameCell>();
  const shown = new Map<string, ExposureCell>();
  function count(kind: KindRow, day: number, unit: string): void {
    if (kind.type === 'exposure') {
      const { experiment, variant, phase } = kind;
      const key = JSON.stringify([experiment, variant, phase, day]);
      const cell = shown.get(key);
      if (cell === undefined) shown.set(key, { kind, day, exposures: 1 });
      else cell.exposures++;
      return;
    }
    const key = `${day}\n${kind.name}`;
    let cell = names.get(key);
    if (cell === undefined) {
      cell = { name: kind.name, day, events: 0, units: new Set() };
      names.set(key, cell);
    }
    cell.events++;
    cell.units.add(`${kind.unitType}\n${unit}`);
  }

  for (const { db, kinds } of files.between(from, to)) {
    const wanted = new Map(
      kinds.filter((k) => k.environment === environment).map((k) => [k.id, k]),
    );
    if (wanted.size === 0) continue;
    const ids = [...wanted.keys()];
    const paged = {
      db,
      columns: 'kind, at + shift, unit',
      where: `${kindIn(ids)} and at + shift >= ? and at + shift < ?`,
      bound: [...ids, from, to],
    };
    for (const rows of pages<Row>(paged, check))
      for (const [, id, time, unit] of rows) {
        const kind = wanted.get(id);
        if (kind !== undefined) count(kind, dayIndex(days, time), unit);
      }
  }
  const label = (day: number): string => days.labels[day] ?? '';
  return {
    events: [...names.values()]
      .toSorted((a, b) => a.day - b.day || compareText(a.name, b.name))
      .map(({ name, day, events, units }) => ({
        name,
        day: label(day),
        events,
        units: units.size,
      })),
    exposures: [...shown.values()].toSorted(byDayAndKind).map(({ kind, day, exposures }) => ({
      experiment: kind.experiment,
      variant: kind.variant,
      phase: kind.phase,
      day: label(day),
      exposures,
    })),
  };
}

function byDayAndKind(a: ExposureCell, b: ExposureCell): number {
  return (
    a.day - b.day ||
    compareText(a.kind.experiment, b.kind.experiment) ||
    compareText(a.kind.variant, b.kind.variant) ||
    a.kind.phase - b.kind.phase
  );
}
