import type { Serve } from '../contract/definitions.ts';
import type { Finding } from '../errors.ts';
import { repeats } from '../definitions/known.ts';
import { unknownName } from '../definitions/suggest.ts';

const heaviest = 1_000_000;

/** What is wrong with what a rule, or the default, serves. */
export function checkServe(
  serve: Pick<Serve, 'variant' | 'split'>,
  variants: readonly string[],
  path: string,
): Finding[] {
  if (serve.variant !== undefined) return checkVariant(serve.variant, variants, `${path}.variant`);
  if (serve.split === undefined) return [];
  return [
    ...serve.split.flatMap(([variant], i) =>
      checkVariant(variant, variants, `${path}.split.${i}.0`),
    ),
    ...repeats(serve.split.map(([variant]) => variant)).map(({ index, key }) => ({
      path: `${path}.split.${index}.0`,
      message: `Variant "${key}" is in the split already`,
    })),
    ...checkWeights(
      serve.split.map(([, weight]) => weight),
      `${path}.split`,
    ),
  ];
}

export function checkVariant(
  variant: string,
  variants: readonly string[],
  path: string,
): Finding[] {
  return variants.includes(variant)
    ? []
    : [{ path, message: unknownName('variant', variant, variants) }];
}

export function checkWeights(weights: readonly number[], path: string): Finding[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total >= 1 && total <= heaviest) return [];
  return [{ path, message: `weights add up to ${total}, must be from 1 to ${heaviest}` }];
}
