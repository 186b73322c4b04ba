/** Nodes on [−1, 1] with their weights. */
export interface Rule {
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Gauss–Legendre rule of n nodes, by Newton on the Legendre polynomial (Golub & Welsch 1969 give the same nodes).
 * @example gaussLegendre(2).nodes // [-0.5773502692, 0.5773502692]
 */
export function gaussLegendre(n: number): Rule {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 1, turn = 0; Math.abs(step) > 1e-15 && turn < 50; turn++) {
      const [value, before] = legendre(n, x);
      slope = (n * (x * value - before)) / (x * x - 1);
      step = value / slope;
      x -= step;
    }
    nodes.push(-x);
    weights.push(2 / ((1 - x * x) * slope * slope));
  }
  return { nodes, weights };
}

/** P_n(x) and P_{n−1}(x). */
function legendre(n: number, x: number): readonly [number, number] {
  let before = 1;
  let value = x;
  for (let k = 2; k <= n; k++) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return [value, before];
}

const TWELVE = gaussLegendre(12);

/** ∫ f over [low, high] in equal panels of 12 Gauss–Legendre nodes. @example integrate((x) => x * x, [0, 3], 1) // 9 */
export function integrate(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  panels: number,
): number {
  const half = (high - low) / panels / 2;
  let sum = 0;
  for (let panel = 0; panel < panels; panel++) {
    const centre = low + (2 * panel + 1) * half;
    for (let i = 0; i < 12; i++) sum += TWELVE.weights[i]! * f(centre + half * TWELVE.nodes[i]!);
  }
  return sum * half;
}

/**
 * The same nodes and weights, laid out for repeated use.
 * @example panelRule([0, 1], 1).weights.length // 12
 */
export function panelRule([low, high]: readonly [number, number], panels: number): Rule {
  const half = (high - low) / panels / 2;
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let panel = 0; panel < panels; panel++) {
    const centre = low + (2 * panel + 1) * half;
    for (let i = 0; i < 12; i++) {
      nodes.push(centre + half * TWELVE.nodes[i]!);
      weights.push(half * TWELVE.weights[i]!);
    }
  }
  return { nodes, weights };
}
