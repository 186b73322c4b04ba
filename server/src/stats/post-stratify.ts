import type { Estimates } from './estimates.ts';
import { difference } from './estimates.ts';
import { merge, type Moments, variance } from './moments.ts';

export interface Stratum {
  readonly control: Moments;
  readonly treatment: Moments;
}

export interface PostStratified {
  /** Given the strata's sizes. */
  readonly estimates: Estimates;
  /** Squared standard error for a population whose strata shares are themselves drawn. */
  readonly populationVariance: number;
}

/**
 * Means weighted by the strata's shares of all units, so that chance imbalance between variants drops out.
 * Miratrix, Sekhon & Yu (2013). Strata with fewer than two units in a variant join the largest.
 * @example postStratify([{ control: { n: 4, mean: [2], comoment: [12] }, treatment: { n: 4, mean: [5], comoment: [12] } }, { control: { n: 4, mean: [5], comoment: [12] }, treatment: { n: 4, mean: [5], comoment: [12] } }]).estimates.control // 3.5
 */
export function postStratify(cells: readonly Stratum[]): PostStratified {
  const strata = withoutTiny(cells);
  const total = strata.reduce((sum, s) => sum + size(s), 0);
  const weighted = (of: (s: Stratum, weight: number) => number): number =>
    strata.reduce((sum, s) => sum + of(s, size(s) / total), 0);
  const estimates: Estimates = {
    control: weighted((s, w) => w * s.control.mean[0]!),
    treatment: weighted((s, w) => w * s.treatment.mean[0]!),
    varianceControl: weighted((s, w) => (w * w * variance(s.control)) / s.control.n),
    varianceTreatment: weighted((s, w) => (w * w * variance(s.treatment)) / s.treatment.n),
    covariance: 0,
    df: Number.POSITIVE_INFINITY,
  };
  const overall = difference(estimates);
  const between = weighted(
    (s, w) => w * (s.treatment.mean[0]! - s.control.mean[0]! - overall) ** 2,
  );
  return {
    estimates,
    populationVariance: estimates.varianceControl + estimates.varianceTreatment + between / total,
  };
}

function size({ control, treatment }: Stratum): number {
  return control.n + treatment.n;
}

function withoutTiny(cells: readonly Stratum[]): readonly Stratum[] {
  const bySize = cells.toSorted((a, b) => size(b) - size(a));
  const [largest, ...rest] = bySize;
  if (!largest) return [];
  const usable = ({ control, treatment }: Stratum): boolean => control.n >= 2 && treatment.n >= 2;
  const joined = rest
    .filter((s) => !usable(s))
    .reduce(
      (into, s) => ({
        control: merge(into.control, s.control),
        treatment: merge(into.treatment, s.treatment),
      }),
      largest,
    );
  return [joined, ...rest.filter(usable)];
}
