import { binomialLnPmfOf } from './distributions/binomial.ts';
import type { Alternative } from './comparison.ts';
import type { Count } from './proportions.ts';

/**
 * Fisher's exact p of a 2×2 table. Two-sided: all tables no likelier than the observed one (R's and SciPy's rule).
 * @example fisherExact({ n: 10, successes: 1 }, { n: 11, successes: 8 }) // 0.007518796992481203
 */
export function fisherExact(
  control: Count,
  treatment: Count,
  alternative: Alternative = 'two-sided',
): number {
  const table = new Table(control, treatment);
  const x = treatment.successes;
  if (alternative === 'greater') return Math.min(1, table.upper(x));
  if (alternative === 'less') return Math.min(1, table.lower(x));
  const mode = table.mode();
  const limit = table.pmf(x) * (1 + 1e-7);
  if (x >= mode)
    return Math.min(1, table.upper(x) + table.lower(table.lastBelow(Math.min(mode + 1, x), limit)));
  return Math.min(1, table.lower(x) + table.upper(table.firstAbove(Math.max(mode - 1, x), limit)));
}

/** Hypergeometric distribution of the treatment's successes, margins given. */
class Table {
  readonly #units: number;
  readonly #others: number;
  readonly #successes: number;
  readonly least: number;
  readonly most: number;

  constructor(control: Count, treatment: Count) {
    this.#units = treatment.n;
    this.#others = control.n;
    this.#successes = control.successes + treatment.successes;
    this.least = Math.max(0, this.#successes - control.n);
    this.most = Math.min(treatment.n, this.#successes);
  }

  mode(): number {
    const at = ((this.#successes + 1) * (this.#units + 1)) / (this.#units + this.#others + 2);
    return Math.min(this.most, Math.max(this.least, Math.floor(at)));
  }

  pmf(x: number): number {
    if (x < this.least || x > this.most) return 0;
    const n = this.#units + this.#others;
    const p = this.#successes / n;
    const q = (n - this.#successes) / n;
    return Math.exp(
      binomialLnPmfOf({ k: x, n: this.#units, p, q }) +
        binomialLnPmfOf({ k: this.#successes - x, n: this.#others, p, q }) -
        binomialLnPmfOf({ k: this.#successes, n, p, q }),
    );
  }

  /** P(X ≥ x): summed outwards until terms no longer count. */
  upper(x: number): number {
    return this.#sum(
      x,
      (k) => ((this.#units - k) * (this.#successes - k)) / ((k + 1) * this.#spare(k + 1)),
      1,
    );
  }

  /** P(X ≤ x). */
  lower(x: number): number {
    return this.#sum(
      x,
      (k) => (k * this.#spare(k)) / ((this.#units - k + 1) * (this.#successes - k + 1)),
      -1,
    );
  }

  /** Failures among the others when the treatment has k successes. */
  #spare(k: number): number {
    return this.#others - this.#successes + k;
  }

  #sum(x: number, step: (k: number) => number, direction: 1 | -1): number {
    let term = this.pmf(x);
    let sum = 0;
    for (let k = x; k >= this.least && k <= this.most && term > sum * 1e-17; k += direction) {
      sum += term;
      term *= step(k);
    }
    return sum;
  }

  /** Largest k below `end` (at most one past the mode) with pmf(k) ≤ limit, or least − 1. */
  lastBelow(end: number, limit: number): number {
    let low = this.least - 1;
    let high = end;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.pmf(middle) <= limit) low = middle;
      else high = middle;
    }
    return low;
  }

  /** Smallest k above `start` (at least one before the mode) with pmf(k) ≤ limit, or most + 1. */
  firstAbove(start: number, limit: number): number {
    let low = start;
    let high = this.most + 1;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.pmf(middle) <= limit) high = middle;
      else low = middle;
    }
    return high;
  }
}
