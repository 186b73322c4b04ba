const dayMs = 86_400_000;
const earliest = Date.UTC(2000, 0);
const latest = Date.UTC(2100, 0);

/** Events whose clock was corrected by more than this lie in one file of their own. ms. */
export const maxShiftMs = dayMs;
export const oddFile = 'log-odd.db';

/**
 * The log file of an event: the month of `at`, the sent time, so that a retry finds the first copy. Where the clock was
 * corrected by more than a day `at` means nothing: those share one file, so that no clock can make files grow.
 * @example fileOf(Date.UTC(2026, 0, 31), 0) // 'log-202601.db'
 */
export function fileOf(at: number, shift: number): string {
  return Math.abs(shift) > maxShiftMs || at < earliest || at >= latest ? oddFile : monthFile(at);
}

/** The file where `at` lies if its clock was right. */
export function monthFile(at: number): string {
  const date = new Date(at);
  const month = String(date.getUTCMonth() + 1).padStart(2, '0');
  return `log-${date.getUTCFullYear()}${month}.db`;
}

/** The corrected times that a file can hold, [from, to). ms. */
export function timesOf(file: string): readonly [from: number, to: number] {
  const match = /^log-(\d{4})(\d{2})\.db$/.exec(file);
  if (match === null) return [-Infinity, Infinity];
  const [year, month] = [Number(match[1]), Number(match[2])];
  return [Date.UTC(year, month - 1) - maxShiftMs, Date.UTC(year, month) + maxShiftMs + 1];
}

export function isLogFile(name: string): boolean {
  return name === oddFile || /^log-\d{6}\.db$/.test(name);
}
