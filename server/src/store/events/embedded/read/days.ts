import { AppError } from '../../../../errors.ts';

const hourMs = 3_600_000;
const maxDays = 800;

/** Local days in order: `labels[i]` (YYYY-MM-DD) lies in [starts[i], starts[i + 1]). */
export interface Days {
  readonly labels: readonly string[];
  /** One more than labels. ms. */
  readonly starts: readonly number[];
}

/**
 * The local days of [from, to), 23 and 25 hour ones included.
 * @example localDays(0, 1, 'Asia/Shanghai').labels // ['1970-01-01']
 */
export function localDays(from: number, to: number, timeZone: string): Days {
  const date = dateIn(timeZone);
  const labels: string[] = [];
  const starts: number[] = [];
  let time = from;
  while (time < to) {
    const label = date(time);
    labels.push(label);
    starts.push(starts.length === 0 ? firstInstant(label, date) : time);
    if (labels.length > maxDays)
      throw new AppError('invalid', `the time asked for spans more than ${maxDays} days`);
    time = endOf(label, time, date);
  }
  starts.push(time);
  return { labels, starts };
}

/** The index of the day in which `time` lies; −1 before the first, the last one after the end. */
export function dayIndex(days: Days, time: number): number {
  let low = 0;
  let high = days.labels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days.starts[middle] ?? Infinity) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function dateIn(timeZone: string): (time: number) => string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  } catch (cause) {
    throw new AppError('invalid', `timeZone is ${JSON.stringify(timeZone)}, must be an IANA zone`, {
      cause,
    });
  }
  return (time) => format.format(time);
}

/** The first instant after `time` that is no longer in `label`. */
function endOf(label: string, time: number, date: (time: number) => string): number {
  let inside = time;
  let outside = time + hourMs;
  while (date(outside) === label) {
    inside = outside;
    outside += hourMs;
  }
  return bisect(inside, outside, (t) => date(t) !== label);
}

function firstInstant(label: string, date: (time: number) => string): number {
  // Two days before the local date has begun nowhere.
  const midnight = Date.parse(`${label}T00:00:00Z`);
  return bisect(midnight - 48 * hourMs, midnight + 24 * hourMs, (t) => date(t) >= label);
}

/** The first whole millisecond for which `holds`, given that it does not at `low` and does at `high`. */
function bisect(low: number, high: number, holds: (time: number) => boolean): number {
  let no = low;
  let yes = high;
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}
