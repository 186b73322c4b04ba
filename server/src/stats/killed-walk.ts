import { normalSf } from './distributions/normal.ts';
import { panelRule } from './quadrature.ts';

/**
 * A Brownian score process B (variance = information time, so Z = B/√t) that has not crossed its bounds yet, as masses on
 * nodes: its density times the quadrature weights. Armitage, McPherson & Rowe (1969).
 */
export interface Walk {
  readonly time: number;
  readonly nodes: Float64Array;
  readonly masses: Float64Array;
}

/** The process at time 0: all mass at 0. */
export const START: Walk = { time: 0, nodes: Float64Array.of(0), masses: Float64Array.of(1) };

/** A panel of the grid covers this many of the smaller neighbouring step's standard deviations. */
const PANEL = 3;
/** Standard deviations below 0 at which the grid starts, and the farthest an infinite bound is taken to be. */
const BELOW = 9;
const ABOVE = 38;

/**
 * P(not crossed before, B(t) ≥ c), with drift theta per unit of information.
 * @example reaches(START, 1, 1.959963984540054) // 0.025
 */
export function reaches(walk: Walk, t: number, c: number, theta = 0): number {
  const step = t - walk.time;
  const sd = Math.sqrt(step);
  const { nodes, masses } = walk;
  let sum = 0;
  for (let j = 0; j < nodes.length; j++) {
    const u = nodes[j]!;
    const tail = normalSf((c - u - theta * step) / sd);
    // The likelihood ratio turns the driftless walk into the drifting one.
    sum +=
      masses[j]! *
      (theta === 0 ? tail : Math.exp(theta * u - 0.5 * theta * theta * walk.time) * tail);
  }
  return sum;
}

/**
 * c with P(not crossed before, B(t) ≥ c) = p: Newton on the log probability. Infinity when p is 0.
 * @example boundFor(START, 1, 0.025) // 1.959963985
 */
export function boundFor(walk: Walk, t: number, p: number): number {
  if (!(p > 1e-300)) return Number.POSITIVE_INFINITY;
  const sd = Math.sqrt(t - walk.time);
  const target = Math.log(p);
  let c = Math.sqrt(t) * 2;
  for (let i = 0; i < 100; i++) {
    const tail = reaches(walk, t, c);
    const ln = Math.log(tail);
    const step = (ln - target) / (density(walk, sd, c) / tail);
    c += Math.max(-1, Math.min(1, step));
    if (Math.abs(step) < 1e-12) break;
  }
  return c;
}

function density({ nodes, masses }: Walk, sd: number, x: number): number {
  let sum = 0;
  for (let j = 0; j < nodes.length; j++) {
    const d = (x - nodes[j]!) / sd;
    sum += masses[j]! * Math.exp(-0.5 * d * d);
  }
  return sum / (sd * Math.sqrt(2 * Math.PI));
}

export interface Step {
  /** Information time of the look. */
  readonly time: number;
  /** Information of the look after it, on which the fineness of the grid depends. */
  readonly next: number;
  /** Upper bound on the B scale; with `mirrored` its negative is the lower bound. */
  readonly bound: number;
  readonly mirrored: boolean;
}

/**
 * The walk that is still inside its bounds after the look. Hot loop: no allocation per node.
 * @example reaches(advance(START, { time: 0.5, next: 1, bound: 9, mirrored: false }), 1, 1.959963984540054) // 0.025
 */
export function advance(walk: Walk, { time, next, bound, mirrored }: Step): Walk {
  const sd = Math.sqrt(time - walk.time);
  const root = Math.sqrt(time);
  const high = Math.min(bound, ABOVE * root);
  const low = mirrored ? -high : -BELOW * root;
  const panels = Math.ceil((high - low) / (PANEL * Math.min(sd, Math.sqrt(next - time))));
  const rule = panelRule([low, high], panels);
  const nodes = Float64Array.from(rule.nodes);
  const masses = new Float64Array(nodes.length);
  const norm = 1 / (sd * Math.sqrt(2 * Math.PI));
  const from = walk.nodes;
  const mass = walk.masses;
  for (let i = 0; i < nodes.length; i++) {
    const x = nodes[i]!;
    let sum = 0;
    for (let j = 0; j < from.length; j++) {
      const d = (x - from[j]!) / sd;
      sum += mass[j]! * Math.exp(-0.5 * d * d);
    }
    masses[i] = sum * norm * rule.weights[i]!;
  }
  return { time, nodes, masses };
}
