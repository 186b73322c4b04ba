import { normalIsf } from './distributions/normal.ts';
import { advance, boundFor, reaches, START, type Walk } from './killed-walk.ts';
import { type Spending, spent } from './spending.ts';

export interface Design {
  readonly spending: Spending;
  /** Level per side. */
  readonly alpha: number;
  /** Mirrored: the same bound below as above (a two-sided test of level 2·alpha). */
  readonly mirrored: boolean;
  /** Information fractions of the looks, ascending: units so far / planned units. */
  readonly information: readonly number[];
  /** When alpha is spent, if not by information: the last look of an over- or underrun has clock 1. */
  readonly clock?: readonly number[];
}

export interface Boundary {
  readonly information: readonly number[];
  /** Critical z of every look; Infinity where nothing is spent yet. */
  readonly z: readonly number[];
  /** Level spent so far at every look, per side. */
  readonly spent: readonly number[];
  /** The process before each look, for probabilities under it. */
  readonly walks: readonly Walk[];
}

/** Smallest advance in information that counts as a look. */
export const LEAST_STEP = 1e-4;

/**
 * Bounds of a group sequential design by alpha spending. Lan & DeMets (1983).
 * @example spendingBoundary({ spending: { kind: 'obrienFleming' }, alpha: 0.025, mirrored: false, information: [0.5, 1] }).z // [2.96258804, 1.9685956]
 */
export function spendingBoundary({
  spending,
  alpha,
  mirrored,
  information,
  clock,
}: Design): Boundary {
  const times = clock ?? information;
  const levels = times.map((t) => spent(spending, t, alpha));
  return walkThrough({ information, mirrored }, (walk, k) =>
    boundFor(walk, information[k]!, levels[k]! - (levels[k - 1] ?? 0)),
  );
}

/** Walks through the looks; `bound` says where each one's bound on the B scale is. */
function walkThrough(
  { information, mirrored }: Pick<Design, 'information' | 'mirrored'>,
  bound: (walk: Walk, look: number) => number,
): Boundary {
  const walks: Walk[] = [START];
  const z: number[] = [];
  const total: number[] = [];
  information.forEach((time, k) => {
    const walk = walks[k]!;
    const c = bound(walk, k);
    z.push(c / Math.sqrt(time));
    total.push((total[k - 1] ?? 0) + (c === Number.POSITIVE_INFINITY ? 0 : reaches(walk, time, c)));
    const next = information[k + 1];
    if (next !== undefined) walks.push(advance(walk, { time, next, bound: c, mirrored }));
  });
  return { information, z, spent: total, walks };
}

/**
 * The boundary of given critical values, for its crossing probabilities.
 * @example fixedBoundary({ information: [0.5, 1], mirrored: false }, [1.96, 1.96]).spent // [0.02499789515, 0.04155557853]
 */
export function fixedBoundary(
  looks: Pick<Design, 'information' | 'mirrored'>,
  z: readonly number[],
): Boundary {
  return walkThrough(looks, (_, k) => z[k]! * Math.sqrt(looks.information[k]!));
}

/**
 * Critical values z_k = C·t_k^(shape − ½) with the exact level: shape 0 is O'Brien & Fleming (1979), ½ is Pocock (1977),
 * between them Wang & Tsiatis (1987).
 * @example classicalBoundary({ alpha: 0.025, mirrored: false, information: [0.5, 1] }, 0).z // [2.796509682, 1.977430959]
 */
export function classicalBoundary(
  looks: Omit<Design, 'spending' | 'clock'>,
  shape: number,
): Boundary {
  const last = looks.information.at(-1)!;
  const at = (c: number): Boundary =>
    fixedBoundary(
      looks,
      looks.information.map((t) => c * (t / last) ** (shape - 0.5)),
    );
  let low = normalIsf(looks.alpha);
  let high = normalIsf(looks.alpha / looks.information.length) + 1e-6;
  for (let i = 0; i < 60 && high - low > 1e-10; i++) {
    const middle = (low + high) / 2;
    if (at(middle).spent.at(-1)! > looks.alpha) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/** False-positive rate of peeking at a fixed two-sided level at equally spaced looks. @example peekingFalsePositives(3, 0.05) // 0.1072563746 */
export function peekingFalsePositives(looks: number, alpha: number): number {
  const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
  const z = information.map(() => normalIsf(alpha / 2));
  return 2 * fixedBoundary({ information, mirrored: true }, z).spent.at(-1)!;
}
