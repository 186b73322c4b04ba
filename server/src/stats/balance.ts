import { chiSquareSf, gammaCdf } from './distributions/gamma.ts';
import { increasingRoot } from './root.ts';

/** How far apart two variants are on pre-period covariates. */
export interface Balance {
  /** Differences of the covariates' means. */
  readonly differences: readonly number[];
  /** Their covariance over units, row by row. */
  readonly covariance: readonly (readonly number[])[];
  readonly units: number;
  readonly treatmentShare: number;
}

/**
 * Squared Mahalanobis distance N·p(1 − p)·d'S⁻¹d; χ² with one degree per covariate under randomisation. Morgan & Rubin (2012).
 * @example balanceDistance({ differences: [0.1, -0.02], covariance: [[4, 0.5], [0.5, 1]], units: 10000, treatmentShare: 0.5 }) // 9.066666667
 */
export function balanceDistance({
  differences,
  covariance,
  units,
  treatmentShare,
}: Balance): number {
  const solved = solve(covariance, differences);
  const quadratic = differences.reduce((sum, d, i) => sum + d * solved[i]!, 0);
  return units * treatmentShare * (1 - treatmentShare) * quadratic;
}

/**
 * P(at least as unbalanced by chance).
 * @example balancePValue({ differences: [0.1, -0.02], covariance: [[4, 0.5], [0.5, 1]], units: 10000, treatmentShare: 0.5 }) // 0.01074480031
 */
export function balancePValue(balance: Balance): number {
  return chiSquareSf(balanceDistance(balance), balance.differences.length);
}

/** Largest distance of a seed worth taking, when a share `accept` of all seeds is. @example balanceThreshold(2, 0.01) // 0.020100671707 */
export function balanceThreshold(covariates: number, accept: number): number {
  return 2 * increasingRoot((x) => gammaCdf(covariates / 2, x), accept, [0, covariates + 40]);
}

/** S x = d by elimination with pivoting. */
function solve(s: readonly (readonly number[])[], d: readonly number[]): readonly number[] {
  const rows = s.map((row, i) => [...row, d[i]!]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const rest = rows.slice(k);
    const pivot =
      k +
      rest.reduce((best, row, i) => (Math.abs(row[k]!) > Math.abs(rest[best]![k]!) ? i : best), 0);
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    for (let i = k + 1; i < n; i++) {
      const factor = rows[i]![k]! / rows[k]![k]!;
      for (let j = k; j <= n; j++) rows[i]![j]! -= factor * rows[k]![j]!;
    }
  }
  const x = d.map(() => 0);
  for (let i = n - 1; i >= 0; i--) {
    const known = x.reduce((sum, value, j) => (j > i ? sum + rows[i]![j]! * value : sum), 0);
    x[i] = (rows[i]![n]! - known) / rows[i]![i]!;
  }
  return x;
}
