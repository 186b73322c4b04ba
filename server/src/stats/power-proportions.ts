import { normalIsf, normalSf } from './distributions/normal.ts';
import { detectableEffect, normalPower, reachOf, type TestLevel } from './power.ts';
import { increasingRoot } from './root.ts';

export interface Shares {
  readonly control: number;
  readonly treatment: number;
}

/**
 * Units per variant for the pooled z test, equal split (R's power.prop.test).
 * @example pooledUnits({ control: 0.1, treatment: 0.11 }, { alpha: 0.05, sides: 2 }, 0.8) // 14750.79047
 */
export function pooledUnits(
  { control, treatment }: Shares,
  level: TestLevel,
  power: number,
): number {
  const { null: pooled, alternative } = spreads({ control, treatment });
  const z = normalIsf(level.alpha / level.sides) * pooled + normalIsf(1 - power) * alternative;
  return (z / (treatment - control)) ** 2;
}

/**
 * Power of the pooled z test, near tail only (R's power.prop.test, not strict).
 * @example pooledPower({ control: 0.1, treatment: 0.11 }, { alpha: 0.05, sides: 2 }, 5000) // 0.3710889343
 */
export function pooledPower(
  { control, treatment }: Shares,
  level: TestLevel,
  units: number,
): number {
  const { null: pooled, alternative } = spreads({ control, treatment });
  const distance = Math.sqrt(units) * Math.abs(treatment - control);
  return normalSf((normalIsf(level.alpha / level.sides) * pooled - distance) / alternative);
}

/** Square roots of 2·p̄q̄ and of p₁q₁ + p₂q₂. */
function spreads({ control, treatment }: Shares): {
  readonly null: number;
  readonly alternative: number;
} {
  const both = control + treatment;
  return {
    null: Math.sqrt(both * (1 - both / 2)),
    alternative: Math.sqrt(bernoulli(control) + bernoulli(treatment)),
  };
}

/**
 * Units per variant by Cohen's (1988) arcsine effect size; for comparison with other tools only.
 * @example arcsineUnits({ control: 0.1, treatment: 0.12 }, { alpha: 0.05, sides: 1 }, 0.8) // 3020.515856
 */
export function arcsineUnits(
  { control, treatment }: Shares,
  level: TestLevel,
  power: number,
): number {
  const h = 2 * Math.asin(Math.sqrt(treatment)) - 2 * Math.asin(Math.sqrt(control));
  return 2 * (reachOf(level, power) / h) ** 2;
}

export interface Units {
  readonly control: number;
  readonly treatment: number;
}

/**
 * Smallest rise of a share found with the wanted power by the unpooled two-tailed test, the treatment's own variance
 * counted. Null when even a share of 1 would not be found.
 * @example detectableShare(0.1, { control: 10000, treatment: 10000 }, { alpha: 0.05, sides: 2, power: 0.8 }) // 0.01219929193
 */
export function detectableShare(
  control: number,
  units: Units,
  level: TestLevel & { readonly power: number },
): number | null {
  const powerOf = (rise: number): number => {
    const se = Math.sqrt(
      bernoulli(control) / units.control + bernoulli(Math.min(1, control + rise)) / units.treatment,
    );
    return normalPower(rise / se, level);
  };
  if (!(powerOf(1 - control) >= level.power)) return null;
  return increasingRoot(powerOf, level.power, [0, 1 - control]);
}

/**
 * The same with the control's variance in both variants: a closed form, slightly small.
 * @example detectableShareAtBaseline(0.1, { control: 10000, treatment: 10000 }, { alpha: 0.05, sides: 2, power: 0.8 }) // 0.01188611943
 */
export function detectableShareAtBaseline(
  control: number,
  units: Units,
  level: TestLevel & { readonly power: number },
): number {
  return detectableEffect(
    level,
    Math.sqrt(bernoulli(control) * (1 / units.control + 1 / units.treatment)),
  );
}

/** p(1 − p). @example bernoulli(0.5) // 0.25 */
export function bernoulli(p: number): number {
  return p * (1 - p);
}
