import type { Estimates } from './estimates.ts';

/** `successes` of `n` units. */
export interface Count {
  readonly n: number;
  readonly successes: number;
}

export type Bounds = readonly [low: number, high: number];

/**
 * Values and unpooled (Wald) variances p(1 − p)/n.
 * @example proportionEstimates({ n: 70, successes: 56 }, { n: 80, successes: 48 }).control // 0.8
 */
export function proportionEstimates(control: Count, treatment: Count): Estimates {
  return {
    control: share(control),
    treatment: share(treatment),
    varianceControl: bernoulliVariance(control),
    varianceTreatment: bernoulliVariance(treatment),
    covariance: 0,
    df: Number.POSITIVE_INFINITY,
  };
}

function share({ n, successes }: Count): number {
  return n > 0 ? successes / n : Number.NaN;
}

function bernoulliVariance({ n, successes }: Count): number {
  return ((successes / n) * ((n - successes) / n)) / n;
}

/**
 * Whether a normal approximation is too rough: fewer than 10 successes or failures in a variant.
 * @example isSmall({ n: 1000, successes: 9 }) // true
 */
export function isSmall({ n, successes }: Count): boolean {
  return Math.min(successes, n - successes) < 10;
}

/**
 * z of the pooled test; its square is the χ² of the 2×2 table. Null when nobody, or everybody, converted.
 * @example pooledZ({ n: 10, successes: 9 }, { n: 10, successes: 3 }) // -2.7386127875258306
 */
export function pooledZ(control: Count, treatment: Count): number | null {
  const n = control.n + treatment.n;
  const p = (control.successes + treatment.successes) / n;
  const se = Math.sqrt(p * (1 - p) * (1 / control.n + 1 / treatment.n));
  return se > 0 ? (share(treatment) - share(control)) / se : null;
}

/** Wilson's (1927) score interval for one share. @example wilson({ n: 10, successes: 0 }, 1.959963984540054) // [0, 0.2775327998628892] */
export function wilson({ n, successes }: Count, z: number): Bounds {
  const p = successes / n;
  const z2 = z * z;
  const centre = p + z2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const low = successes === 0 ? 0 : (centre - half) / (1 + z2 / n);
  const high = successes === n ? 1 : (centre + half) / (1 + z2 / n);
  return [low, high];
}

/**
 * Interval of the difference of two shares from their Wilson intervals, good at small counts. Newcombe (1998), method 10.
 * @example newcombe({ n: 70, successes: 56 }, { n: 80, successes: 48 }, 1.959963984540054) // [-0.33387265403690597, -0.052431472402364905]
 */
export function newcombe(control: Count, treatment: Count, z: number): Bounds {
  const a = share(control);
  const b = share(treatment);
  const [lowA, highA] = wilson(control, z);
  const [lowB, highB] = wilson(treatment, z);
  return [b - a - Math.hypot(b - lowB, highA - a), b - a + Math.hypot(highB - b, a - lowA)];
}

/**
 * Interval of the difference after adding one success and one failure to each. Agresti & Caffo (2000).
 * @example agrestiCaffo({ n: 70, successes: 56 }, { n: 80, successes: 48 }, 1.959963984540054) // [-0.3357584555, -0.05245292664]
 */
export function agrestiCaffo(control: Count, treatment: Count, z: number): Bounds {
  const a = { n: control.n + 2, successes: control.successes + 1 };
  const b = { n: treatment.n + 2, successes: treatment.successes + 1 };
  const half = z * Math.sqrt(bernoulliVariance(a) + bernoulliVariance(b));
  const d = share(b) - share(a);
  return [d - half, d + half];
}

/**
 * Score interval of the difference: all δ whose score statistic stays within z. Miettinen & Nurminen (1985).
 * @example miettinenNurminen({ n: 70, successes: 56 }, { n: 80, successes: 48 }, 1.959963984540054) // [-0.33817294, -0.05282971325]
 */
export function miettinenNurminen(control: Count, treatment: Count, z: number): Bounds {
  const d = share(treatment) - share(control);
  const outside = (delta: number): boolean => Math.abs(score(control, treatment, delta)) > z;
  return [edge(outside, d, -1), edge(outside, d, 1)];
}

/** Bisection for the delta between `inside` and `end` where the score statistic crosses z. */
function edge(outside: (delta: number) => boolean, inside: number, end: -1 | 1): number {
  if (!outside(end)) return end;
  let near = inside;
  let far: number = end;
  for (let i = 0; i < 200; i++) {
    const middle = (near + far) / 2;
    if (middle === near || middle === far) break;
    if (outside(middle)) far = middle;
    else near = middle;
  }
  return near;
}

/** Score statistic of H: treatment − control = delta. */
function score(control: Count, treatment: Count, delta: number): number {
  const a = constrainedShare(control, treatment, delta);
  const b = Math.min(1, Math.max(0, a + delta));
  const n = control.n + treatment.n;
  const v = ((a * (1 - a)) / control.n + (b * (1 - b)) / treatment.n) * (n / (n - 1));
  const d = share(treatment) - share(control) - delta;
  if (d === 0) return 0;
  return v > 0 ? d / Math.sqrt(v) : d * Number.POSITIVE_INFINITY;
}

/** Likeliest control share given treatment − control = delta: the cubic of Miettinen & Nurminen, in closed form. */
function constrainedShare(control: Count, treatment: Count, delta: number): number {
  const n1 = treatment.n;
  const n2 = control.n;
  const x1 = treatment.successes;
  const x2 = control.successes;
  const l3 = n1 + n2;
  const l2 = (n1 + 2 * n2) * delta - n1 - n2 - (x1 + x2);
  const l1 = (n2 * delta - n1 - n2 - 2 * x2) * delta + x1 + x2;
  const l0 = x2 * delta * (1 - delta);
  const q = (l2 / (3 * l3)) ** 3 - (l1 * l2) / (6 * l3 * l3) + l0 / (2 * l3);
  const p = (q >= 0 ? 1 : -1) * Math.sqrt(Math.max(0, (l2 / (3 * l3)) ** 2 - l1 / (3 * l3)));
  const cosine = p === 0 ? 1 : Math.max(-1, Math.min(1, q / p ** 3));
  const a = (Math.PI + Math.acos(cosine)) / 3;
  const root = 2 * p * Math.cos(a) - l2 / (3 * l3);
  return Math.min(Math.min(1, 1 - delta), Math.max(Math.max(0, -delta), root));
}
