import type { BadRow } from './target.ts';

const earliest = Date.UTC(2000, 0);
const aheadMs = 24 * 3_600_000;
/** Numbers below are seconds: in milliseconds they would lie before April 1970. */
const secondsBelow = 1e10;

/**
 * A time as files write it: ISO 8601 (without a zone it is UTC), or seconds or milliseconds since the epoch; ms, undefined
 * when it is none.
 * @example readTime('2026-01-15 12:00:00') // 1768478400000
 */
export function readTime(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) {
    const number = Number(trimmed);
    return Math.round(Math.abs(number) < secondsBelow ? number * 1_000 : number);
  }
  const written =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      trimmed,
    );
  if (written === null) return undefined;
  const [, date = '', clock = '00:00', zone = 'Z'] = written;
  const ms = Date.parse(`${date}T${clock}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Imports may be old, but not from before the millennium nor from tomorrow: such times are slips. */
export function judgeTime(time: number, now: number): BadRow | undefined {
  if (time < earliest)
    return { code: 'too_old', detail: `the time is ${iso(time)}, must be 2000 or later` };
  if (time > now + aheadMs)
    return { code: 'in_future', detail: `the time is ${iso(time)}, more than 24 h ahead` };
  return undefined;
}

function iso(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time);
}
