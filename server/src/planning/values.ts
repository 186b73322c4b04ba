import type { ValuesBody, ValuesResult } from '../contract/calculator.ts';
import { capAt, quantile, quantileRanks } from '../stats/quantile.ts';
import { finite } from './compare/drawn.ts';

type Described = ValuesResult['variants'][string];

/** Raw values of each variant: moments after the common cap, quantiles before it. */
export function valuesOf(body: ValuesBody): ValuesResult {
  const cap = capOf(body);
  return {
    cap: finite(cap),
    variants: Object.fromEntries(
      Object.entries(body.variants).map(([variant, values]) => [
        variant,
        described(values, cap, body),
      ]),
    ),
  };
}

function capOf({ variants, cap }: ValuesBody): number {
  if (cap === undefined) return Infinity;
  const all = Object.values(variants).flat();
  if (all.length === 0) return Infinity;
  return cap.nonZeroOnly
    ? capAt(all, cap.percentile)
    : quantile(Float64Array.from(all).toSorted(), cap.percentile);
}

function described(values: readonly number[], cap: number, body: ValuesBody): Described {
  const capped = values.map((x) => Math.min(x, cap));
  const n = values.length;
  const mean = capped.reduce((a, b) => a + b, 0) / n;
  const spread = capped.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const sorted = Float64Array.from(values).toSorted();
  return {
    n,
    mean: finite(mean),
    variance: n > 1 ? finite(spread / (n - 1)) : null,
    cappedShare: n > 0 ? values.filter((x) => x > cap).length / n : null,
    ...(body.cap === undefined ? {} : { capped }),
    quantiles: body.quantiles.map((q) => ({
      q,
      value: finite(quantile(sorted, q)),
      ranks: n > 0 ? quantileRanks(n, q, body.alpha) : null,
    })),
  };
}
