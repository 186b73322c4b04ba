import { AppError } from '../../../../errors.ts';

/** Throws once a read has taken too long: an open read keeps the write-ahead log from being folded in. */
export type Deadline = () => void;

/** @param ms from now; `clock` in ms */
export function deadline(ms: number, clock: () => number): Deadline {
  const end = clock() + ms;
  return () => {
    if (clock() > end)
      throw new AppError(
        'unavailable',
        `the question took longer than ${ms / 1_000} s; ask for less`,
      );
  };
}

/** Looks at the clock now and then while rows go by. */
export function* watched<T>(rows: Iterable<T>, check: Deadline): Generator<T> {
  let count = 0;
  for (const row of rows) {
    if ((++count & 0x3fff) === 0) check();
    yield row;
  }
}
