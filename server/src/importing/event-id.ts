import { createHash } from 'node:crypto';

/** Makes the id of the `part`-th event of a line. */
export type EventIds = (line: number, part: number) => string;

const partsALine = 128;

/**
 * UUIDs (version 8) of one import: the same file sent again makes the same ids, so that nothing counts twice. They begin
 * with the place in the file, so that the log's index grows at its right edge when all rows have one time.
 * @example eventIds('cats')(1, 0) // '00000000-0080-8…', always the same
 */
export function eventIds(importId: string): EventIds {
  const hash = createHash('sha256').update(importId).digest('hex');
  const tail = `8${hash.slice(0, 3)}-a${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
  return (line, part) => {
    const place = (line * partsALine + part).toString(16).padStart(12, '0');
    return `${place.slice(0, 8)}-${place.slice(8)}-${tail}`;
  };
}
