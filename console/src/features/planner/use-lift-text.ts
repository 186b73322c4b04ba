import { useFormat } from '../../lib/format.ts';

/** Planned lifts without idle digits: "+6%", "+2.5%". */
export function useLiftText(): (lift: number) => string {
  const format = useFormat();
  return (lift) =>
    lift === 0
      ? '0'
      : format
          .lift(lift)
          .replace(/(\.\d*?)0+%$/, '$1%')
          .replace('.%', '%');
}
