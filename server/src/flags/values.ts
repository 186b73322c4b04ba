import type { FlagBody } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { repeats } from '../definitions/known.ts';

const deepest = 16;

/** What is wrong with the variants themselves: repeated keys, values of another type, values nested too deep. */
export function checkVariants({ type, variants }: Pick<FlagBody, 'type' | 'variants'>): Finding[] {
  return [
    ...repeats(variants.map(({ key }) => key)).map(({ index, key }) => ({
      path: `variants.${index}.key`,
      message: `Variant "${key}" is there already`,
    })),
    ...variants.flatMap(({ value }, i) => {
      const fault = faultOf(type, value);
      return fault === undefined ? [] : [{ path: `variants.${i}.value`, message: fault }];
    }),
  ];
}

function faultOf(type: FlagBody['type'], value: unknown): string | undefined {
  if (type !== 'json')
    return typeof value === type ? undefined : `is ${shown(value)}, must be a ${type}`;
  return isDeeper(value, deepest) ? `is nested deeper than ${deepest}` : undefined;
}

/** Level by level, not by recursion: what is checked here may be deep enough to end the stack. */
function isDeeper(value: unknown, most: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    level = level.flatMap((v): unknown[] =>
      typeof v === 'object' && v !== null ? Object.values(v) : [],
    );
    if (depth >= most && level.length > 0) return true;
  }
  return false;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
