import type { LogFiles } from './files.ts';

/** The latest corrected time of an environment's events before `asOf`, from the dictionaries where they suffice. */
export function lastEvent(files: LogFiles, environment: string, asOf: number): number | null {
  let latest: number | null = null;
  for (const { db, kinds } of files.between(-Infinity, asOf))
    for (const kind of kinds) {
      if (kind.environment !== environment || kind.events === 0 || kind.first >= asOf) continue;
      if (latest !== null && kind.last <= latest) continue;
      const last =
        kind.last < asOf
          ? kind.last
          : db
              .prepare<[number, number], number | null>(
                'select max(at + shift) from event where kind = ? and at + shift < ?',
              )
              .pluck()
              .get(kind.id, asOf);
      if (last !== null && last !== undefined && (latest === null || last > latest)) latest = last;
    }
  return latest;
}
