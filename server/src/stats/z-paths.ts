/** The z statistic at planned looks, with the bounds it is held against. */
export interface PathDesign {
  /** Information fraction of every look, ascending, the last one the planned end. */
  readonly information: readonly number[];
  /** Critical z of every look on the side of the win, and of harm (as a positive number); Infinity where there is none. */
  readonly win: readonly number[];
  readonly harm: readonly number[];
}

export interface PathTally {
  /** Runs that were won at each look for the first time, and lost. */
  readonly won: readonly number[];
  readonly lost: readonly number[];
  /** Sum of the estimated drifts at the stop, over the runs that were won. */
  readonly estimates: number;
  /** Sum of the information at the stop, the last look where nothing was crossed. */
  readonly information: number;
}

/**
 * Draws the path of z as a Brownian motion with drift (the expected z at the planned end) and stops it at the first bound
 * that it crosses: what a test with looks does, without drawing units. Jennison & Turnbull (2000), ch. 3.
 * @example simulatePaths({ information: [0.5, 1], win: [Infinity, 1.96], harm: [Infinity, 1.96] }, { drift: 3, runs: 2, normal: () => 0 }).won // [0, 2]
 */
export function simulatePaths(
  { information, win, harm }: PathDesign,
  {
    drift,
    runs,
    normal,
  }: { readonly drift: number; readonly runs: number; readonly normal: () => number },
): PathTally {
  const looks = information.length;
  const won = information.map(() => 0);
  const lost = information.map(() => 0);
  let estimates = 0;
  let stopped = 0;
  for (let run = 0; run < runs; run++) {
    let b = 0;
    let before = 0;
    let k = 0;
    for (; k < looks; k++) {
      const t = information[k]!;
      const step = t - before;
      b += drift * step + Math.sqrt(step) * normal();
      before = t;
      const z = b / Math.sqrt(t);
      if (z >= win[k]!) {
        won[k]!++;
        estimates += b / t;
        break;
      }
      if (z <= -harm[k]!) {
        lost[k]!++;
        break;
      }
    }
    stopped += information[Math.min(k, looks - 1)]!;
  }
  return { won, lost, estimates, information: stopped };
}

/**
 * Standard normal numbers from a source of uniform ones, by the polar method. Marsaglia & Bray (1964).
 * @example normalsOf(() => 0.75)() // 0.8325546112
 */
export function normalsOf(uniform: () => number): () => number {
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const next = kept;
      kept = undefined;
      return next;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const s = x * x + y * y;
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        kept = y * scale;
        return x * scale;
      }
    }
  };
}

/**
 * Uniform numbers in [0, 1) from a seed: the same seed gives the same numbers. mulberry32.
 * @example uniformsOf(1)() // 0.6270739405881613
 */
export function uniformsOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
