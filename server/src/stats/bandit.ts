import type { Normal } from './bayes.ts';
import { normalCdf, normalPdf, normalSf } from './distributions/normal.ts';
import { integrate } from './quadrature.ts';

/**
 * P(each is the highest) of independent normals, by one integral each: no Monte Carlo, the same on every run.
 * @example probabilityBest([{ mean: 0, sd: 1 }, { mean: 0, sd: 1 }]) // [0.5, 0.5]
 */
export function probabilityBest(arms: readonly Normal[]): readonly number[] {
  return normalised(arms.map((_, i) => over(arms, i, (x) => othersBelow(arms, [i], x))));
}

/**
 * P(each is second highest).
 * @example probabilitySecond([{ mean: 0, sd: 1 }, { mean: 0, sd: 1 }]) // [0.5, 0.5]
 */
export function probabilitySecond(arms: readonly Normal[]): readonly number[] {
  return normalised(
    arms.map((_, i) =>
      over(arms, i, (x) =>
        arms.reduce(
          (sum, { mean, sd }, j) =>
            j === i ? sum : sum + normalSf((x - mean) / sd) * othersBelow(arms, [i, j], x),
          0,
        ),
      ),
    ),
  );
}

/**
 * Weights with a floor: an arm never starves, so that its effect stays estimable. Thompson sampling is the chance to be
 * best with a floor. @example withFloor([0, 1], 0.05) // [0.05, 0.95]
 */
export function withFloor(
  weights: readonly number[],
  floor = floorFor(weights.length),
): readonly number[] {
  return weights.map((w) => floor + (1 - weights.length * floor) * w);
}

/** Smallest share of an arm among `arms`. @example floorFor(2) // 0.05 */
export function floorFor(arms: number): number {
  return Math.max(0.01, 1 / (10 * arms));
}

/**
 * Top-two Thompson sampling with β = ½: half to the best, half to the best of the rest, which finds the best arm sooner.
 * Russo (2020). @example topTwo([0.25, 0.75]) // [0.5, 0.5]
 */
export function topTwo(best: readonly number[]): readonly number[] {
  // Summed, not 1 − p: the rest of a nearly certain winner keeps its digits.
  const rest = best.map((_, i) => best.reduce((sum, p, j) => (j === i ? sum : sum + p), 0));
  const asSecond = (j: number, i: number): number =>
    rest[i] === 0 ? 1 / (best.length - 1) : best[j]! / rest[i]!;
  return best.map((p, j) =>
    best.reduce((sum, q, i) => (i === j ? sum : sum + 0.5 * q * asSecond(j, i)), 0.5 * p),
  );
}

/** ∫ density of arm i · f. Panels break where any arm's distribution bends, however narrow it is. */
function over(arms: readonly Normal[], i: number, f: (x: number) => number): number {
  const { mean, sd } = arms[i]!;
  const low = mean - 10 * sd;
  const high = mean + 10 * sd;
  const breaks = arms
    .flatMap((arm) =>
      [-9, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 9].map((k) => arm.mean + k * arm.sd),
    )
    .filter((x) => x > low && x < high);
  const edges = [low, ...breaks.toSorted((a, b) => a - b), high];
  return edges.slice(1).reduce((sum, to, k) => {
    const from = edges[k]!;
    return sum + integrate((x) => (normalPdf((x - mean) / sd) / sd) * f(x), [from, to], 1);
  }, 0);
}

function othersBelow(arms: readonly Normal[], except: readonly number[], x: number): number {
  return arms.reduce(
    (product, { mean, sd }, j) =>
      except.includes(j) ? product : product * normalCdf((x - mean) / sd),
    1,
  );
}

function normalised(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
}
