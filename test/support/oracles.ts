import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anytime } from './oracles/anytime.ts';
import { bayes } from './oracles/bayes.ts';
import { covariate } from './oracles/covariate.ts';
import { distributions } from './oracles/distributions.ts';
import { groupSequential } from './oracles/group-sequential.ts';
import { multiplicity } from './oracles/multiplicity.ts';
import { power } from './oracles/power.ts';
import { programme } from './oracles/programme.ts';
import { quantiles } from './oracles/quantiles.ts';
import { sampleRatios } from './oracles/srm.ts';
import { twoSample } from './oracles/two-sample.ts';
import { deciding } from './simulation/deciding.ts';
import { estimating } from './simulation/estimating.ts';
import { looking } from './simulation/looking.ts';

/**
 * Runs published cases of known answers through the product's own functions. A case: `{ id, method, inputs, expected,
 * tol, tol_by_key? }`; a number passes when |got − expected| ≤ abs + rel·|expected|, a simulated rate within `accept`.
 */
interface Tolerance {
  readonly rel: number;
  readonly abs: number;
}

export interface OracleCase {
  readonly id: string;
  readonly method: string;
  readonly inputs: unknown;
  readonly expected: unknown;
  readonly tol: Tolerance;
  readonly tol_by_key?: Readonly<Record<string, Tolerance>>;
}

export interface Miss {
  readonly id: string;
  readonly path: string;
  readonly got: unknown;
  readonly expected: unknown;
}

export interface Outcome {
  readonly compared: number;
  readonly misses: readonly Miss[];
  /** Methods that no function stands behind, with the number of their cases. */
  readonly uncovered: ReadonlyMap<string, number>;
  /** Keys of covered methods that the product has no figure for, `method.key`. */
  readonly skipped: ReadonlySet<string>;
  readonly comparedByMethod: ReadonlyMap<string, number>;
}

/** Method → product function. Inputs come from JSON: each adapter states the shape that it reads. */
export type Methods = Readonly<Record<string, (inputs: never) => unknown>>;

export const METHODS: Methods = {
  ...twoSample,
  ...covariate,
  ...power,
  ...sampleRatios,
  ...multiplicity,
  ...groupSequential,
  ...anytime,
  ...distributions,
  ...bayes,
  ...quantiles,
  ...programme,
  ...looking,
  ...estimating,
  ...deciding,
};

/** All cases of the `*.json` files in a folder; files without cases (raw data) are left out. */
export function readCases(folder: string): readonly OracleCase[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => {
      const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { cases?: OracleCase[] };
      return file.cases ?? [];
    });
}

export function runCases(cases: readonly OracleCase[], methods: Methods = METHODS): Outcome {
  const tally = new Tally();
  for (const one of cases) {
    const name = methodName(one);
    const method = methods[name];
    if (method) tally.compare(one, method(one.inputs as never));
    else tally.uncovered.set(name, (tally.uncovered.get(name) ?? 0) + 1);
  }
  return tally;
}

/**
 * A simulation may bear the name of the method that it tries out: its inputs say how data are drawn. The results of the
 * event-log pipeline are the methods of other groups: their inputs say which.
 */
function methodName({ method, inputs }: OracleCase): string {
  if (!isRecord(inputs)) return method;
  if ('dgp' in inputs) return `simulation.${method}`;
  return method.startsWith('pipeline.result.') ? (methodOfInputs(inputs) ?? method) : method;
}

function methodOfInputs({ observed, a }: Readonly<Record<string, unknown>>): string | undefined {
  if (observed !== undefined) return 'srm_chi2';
  if (!isRecord(a)) return undefined;
  if ('sumXY' in a) return 'cuped_mean';
  if ('sumMQ' in a) return 'cuped_ratio';
  if ('sumMD' in a) return 'ratio_delta';
  if ('sumSq' in a) return 'welch_from_sums';
  return 'x' in a ? 'proportions' : undefined;
}

class Tally implements Outcome {
  compared = 0;
  readonly misses: Miss[] = [];
  readonly uncovered = new Map<string, number>();
  readonly skipped = new Set<string>();
  readonly comparedByMethod = new Map<string, number>();

  compare(one: OracleCase, got: unknown): void {
    if (isRecord(one.expected) && isRecord(got) && 'accept' in one.expected) {
      const { accept, hardMax } = one.expected as { accept: [number, number]; hardMax?: number };
      const rate = Number(got['rate']);
      const ok = rate >= accept[0] && rate <= accept[1] && rate <= (hardMax ?? Infinity);
      this.#count(one, { ok, path: 'rate', got: rate, expected: accept });
      return;
    }
    this.#walk(one, got, { expected: one.expected, path: '', tolerance: one.tol });
  }

  #walk(
    one: OracleCase,
    got: unknown,
    at: { readonly expected: unknown; readonly path: string; readonly tolerance: Tolerance },
  ): void {
    const { expected, path } = at;
    if (Array.isArray(expected) && Array.isArray(got)) {
      if (expected.length !== got.length) this.#count(one, { ok: false, path, got, expected });
      expected.forEach((value, i) =>
        this.#walk(one, got[i], { ...at, expected: value, path: `${path}[${i}]` }),
      );
    } else if (isRecord(expected) && isRecord(got)) {
      for (const key of judgedKeys(expected)) {
        if (got[key] === undefined) this.skipped.add(`${one.method}.${path}${key}`);
        else
          this.#walk(one, got[key], {
            expected: expected[key],
            path: `${path}${key}.`,
            tolerance: one.tol_by_key?.[key] ?? one.tol_by_key?.['*'] ?? at.tolerance,
          });
      }
    } else this.#count(one, { ok: matches(got, expected, at.tolerance), path, got, expected });
  }

  #count(one: OracleCase, { ok, ...miss }: Omit<Miss, 'id'> & { readonly ok: boolean }): void {
    this.compared++;
    this.comparedByMethod.set(one.method, (this.comparedByMethod.get(one.method) ?? 0) + 1);
    if (!ok) this.misses.push({ id: `${one.id} ${one.method}`, ...miss });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A probability below the smallest normal double is judged by its logarithm alone. */
function judgedKeys(expected: Readonly<Record<string, unknown>>): readonly string[] {
  const { value, ln } = expected;
  const vanished =
    typeof value === 'number' && typeof ln === 'number' && Math.abs(value) < 2.3e-308;
  return Object.keys(expected).filter((key) => !(vanished && key === 'value'));
}

function matches(got: unknown, expected: unknown, { rel, abs }: Tolerance): boolean {
  const wanted = expected === 'Infinity' || expected === '-Infinity' ? Number(expected) : expected;
  if (typeof wanted !== 'number' || typeof got !== 'number') return got === wanted;
  return got === wanted || Math.abs(got - wanted) <= abs + rel * Math.abs(wanted);
}
