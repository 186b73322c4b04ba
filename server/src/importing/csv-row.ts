import { toStored } from '../intake/batch.ts';
import { checkEvent } from '../intake/event.ts';
import type { StoredEvent } from '../store/events/port.ts';
import type { BadRow, ColumnMap, Read, Target } from './target.ts';
import { judgeTime, readTime } from './time.ts';

/** How long after its exposure a unit's outcomes are said to have happened, ms. */
export const outcomeDelayMs = 60_000;
const truths = new Set(['true', 't', 'yes', 'y', '1']);
const lies = new Set(['false', 'f', 'no', 'n', '0', '']);

/** A row's cells by column name. */
export type Cells = Readonly<Record<string, string>>;
export interface RowContext {
  readonly target: Target;
  readonly map: ColumnMap;
  readonly now: number;
}

/** An event but for its id and unit; what is wrong with it the event check says. */
type Part = Readonly<Record<string, unknown>> & { readonly at: number };

/**
 * The events of one CSV row. A variant makes an exposure; each outcome column an event a minute later (a boolean when it is
 * true, a number when it is not 0); an event column the event it names.
 * @param line in the file, which with the import's name makes the ids
 */
export function readCsvRow(
  cells: Cells,
  line: number,
  { target, map, now }: RowContext,
): Read<StoredEvent> {
  try {
    const time = timeOf(cells, map, target);
    const late = judgeTime(time, now);
    if (late !== undefined) return { bad: late };
    const parts = [
      ...exposures(cells, time, map, target),
      ...outcomes(cells, time, map),
      ...named(cells, time, map),
    ];
    const events: StoredEvent[] = [];
    for (const [i, part] of parts.entries()) {
      const sent = {
        ...part,
        id: target.ids(line, i),
        unit: cell(cells, map.unit),
        unitType: target.unitType,
      };
      const checked = checkEvent(sent);
      if ('rejection' in checked) return { bad: badOf(checked.rejection) };
      const { environment } = target;
      events.push(
        toStored(checked.event, {
          environment,
          source: 'import',
          received: now,
          at: part.at,
          time: part.at,
        }),
      );
    }
    return { events };
  } catch (error) {
    if (error instanceof BadCell) return { bad: { code: 'invalid', detail: error.message } };
    throw error;
  }
}

class BadCell extends Error {}

function badOf({ code, detail }: { readonly code: string; readonly detail: string }): BadRow {
  return { code: code === 'too_large' ? 'too_large' : 'invalid', detail };
}

function cell(cells: Cells, column: string): string {
  const found = cells[column];
  if (found === undefined) throw new BadCell(`the row has no column "${column}"`);
  return found.trim();
}

function timeOf(cells: Cells, map: ColumnMap, target: Target): number {
  if (map.time === undefined) return target.at;
  const text = cell(cells, map.time);
  const time = readTime(text);
  if (time === undefined)
    throw new BadCell(`${map.time} is ${JSON.stringify(text)}, must be ISO 8601 or epoch time`);
  return time;
}

function* exposures(cells: Cells, at: number, map: ColumnMap, target: Target): Generator<Part> {
  if (map.variant === undefined || target.experiment === undefined) return;
  const written = cell(cells, map.variant);
  if (written === '') return;
  const { key, flag, phase, variants } = target.experiment;
  const variant = map.variants?.[written] ?? written;
  if (!variants.includes(variant))
    throw new BadCell(
      `${map.variant} is ${JSON.stringify(written)}, must be one of ${variants.join(', ')}`,
    );
  const attributes = bag(cells, map.attributes);
  yield { type: 'exposure', at, flag, experiment: key, variant, phase, attributes };
}

function* outcomes(cells: Cells, exposedAt: number, map: ColumnMap): Generator<Part> {
  const at = exposedAt + outcomeDelayMs;
  for (const { column, event, kind } of map.outcomes) {
    const text = cell(cells, column);
    if (kind === 'boolean') {
      if (truth(column, text)) yield { type: 'track', at, name: event };
    } else if (text !== '') {
      const value = number(column, text);
      if (value !== 0) yield { type: 'track', at, name: event, value };
    }
  }
}

function* named(cells: Cells, at: number, map: ColumnMap): Generator<Part> {
  if (map.event === undefined) return;
  const name = cell(cells, map.event);
  if (name === '') return;
  const text = map.value === undefined ? '' : cell(cells, map.value);
  const value = text === '' ? undefined : number(map.value ?? '', text);
  // Beside a variant the columns describe the unit, not what it did.
  const properties = bag(cells, map.variant === undefined ? map.attributes : []);
  yield { type: 'track', at, name, properties, ...(value !== undefined && { value }) };
}

function bag(cells: Cells, columns: readonly string[]): Record<string, string | number | boolean> {
  const found: Record<string, string | number | boolean> = {};
  for (const column of columns) {
    const text = cell(cells, column);
    if (text !== '') found[column] = typed(text);
  }
  return found;
}

/** A number or a truth where the text is exactly how one is written: 007 stays a text. */
function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const value = Number(text);
  return String(value) === text && Number.isFinite(value) ? value : text;
}

function truth(column: string, text: string): boolean {
  const word = text.toLowerCase();
  if (truths.has(word)) return true;
  if (lies.has(word)) return false;
  throw new BadCell(`${column} is ${JSON.stringify(text)}, must be true or false`);
}

function number(column: string, text: string): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new BadCell(`${column} is ${JSON.stringify(text)}, must be a number`);
}
