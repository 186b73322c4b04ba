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
