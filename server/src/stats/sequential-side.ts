import { normalIsf, normalLnSf } from './distributions/normal.ts';
import { LEAST_STEP, spendingBoundary } from './group-sequential.ts';
import type { Spending } from './spending.ts';

/** One side of a group sequential test at its latest look. */
export interface SequentialSide {
  /** Critical z of the latest look; Infinity while nothing is spent. */
  readonly critical: number;
  /** ln of the repeated one-sided p-value of a z at this look: the smallest level at which the design would reject. */
  readonly lnP: (z: number) => number;
}

export interface SideDesign {
  readonly spending: Spending;
  /** One-sided. */
  readonly alpha: number;
  /** Information fractions of the looks so far. */
  readonly looks: readonly number[];
  /** The latest look spends all that is left. */
  readonly final: boolean;
}

/** Levels at which the bound of the latest look is computed; p-values between them are interpolated. */
const LEVELS = [
  0.45, 0.35, 0.25, 0.18, 0.12, 0.08, 0.05, 0.035, 0.025, 0.015, 0.008, 0.004, 0.002, 1e-3, 3e-4,
  1e-4, 1e-5, 1e-6, 1e-7, 1e-9, 1e-11, 1e-14, 1e-18, 1e-25, 1e-35, 1e-50, 1e-75, 1e-110, 1e-160,
  1e-230,
];

/** Bounds cost milliseconds and the same looks come back for every metric: the latest designs are kept. */
const kept = new Map<string, SequentialSide>();
const KEPT = 64;

/**
 * The side of a design at its latest look; p ≤ alpha exactly when z ≥ critical. Jennison & Turnbull (2000), §9.
 * @example sequentialSide({ spending: { kind: 'pocock' }, alpha: 0.025, looks: [0.2, 0.4], final: false }).critical // 2.426813858
 */
export function sequentialSide(design: SideDesign): SequentialSide {
  const key = JSON.stringify(design);
  const known = kept.get(key);
  if (known) return known;
  const made = makeSide(design);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, made);
  return made;
}

function makeSide(design: SideDesign): SequentialSide {
  const information = distinctLooks(design.looks);
  const clock = information.map((t, k) =>
    design.final && k === information.length - 1 ? 1 : Math.min(1, t),
  );
  const critical = (alpha: number): number =>
    spendingBoundary({
      spending: design.spending,
      alpha,
      mirrored: false,
      information,
      clock,
    }).z.at(-1)!;
  const levels = [...LEVELS, design.alpha].toSorted((a, b) => b - a);
  const curve = new LevelCurve(levels, critical);
  return { critical: critical(design.alpha), lnP: (z) => normalLnSf(curve.quantileAt(z)) };
}

/** Looks that did not move the information replace the look before; so do looks after the planned end. */
function distinctLooks(looks: readonly number[]): readonly number[] {
  const distinct: number[] = [];
  for (const t of looks) {
    while (distinct.length > 0 && (t - distinct.at(-1)! < LEAST_STEP || distinct.at(-1)! >= 1))
      distinct.pop();
    distinct.push(t);
  }
  return distinct;
}

/**
 * The bound of the latest look against the normal quantile of its level: nearly a straight line, so straight pieces
 * between levels do (p-values to better than 1 %, exact at alpha). Each level's bound is computed when first asked for.
 */
class LevelCurve {
  readonly #levels: readonly number[];
  readonly #critical: (alpha: number) => number;
  readonly #bounds: (number | undefined)[];

  constructor(levels: readonly number[], critical: (alpha: number) => number) {
    this.#levels = levels;
    this.#critical = critical;
    this.#bounds = levels.map(() => undefined);
  }

  quantileAt(z: number): number {
    let low = 0;
    let high = this.#levels.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#bound(middle) < z) low = middle;
      else high = middle;
    }
    // Below the smallest tail that can be spent yet there is no bound: carry the last piece on.
    while (low > 0 && !Number.isFinite(this.#bound(high))) [low, high] = [low - 1, low];
    return this.#between(low, high, z);
  }

  #between(low: number, high: number, z: number): number {
    const from = this.#bound(low);
    const to = this.#bound(high);
    if (!Number.isFinite(to)) return Number.NEGATIVE_INFINITY;
    const start = normalIsf(this.#levels[low]!);
    return start + ((z - from) / (to - from)) * (normalIsf(this.#levels[high]!) - start);
  }

  #bound(level: number): number {
    return (this.#bounds[level] ??= this.#critical(this.#levels[level]!));
  }
}
