import { readout as schema } from '../contract/readout.ts';
import { AppError } from '../errors.ts';
import { loadedOf } from './inputs.ts';
import { readoutOf } from './readout.ts';

export interface Verification {
  /** Numbers, words and codes that were compared. */
  readonly compared: number;
  readonly differences: readonly {
    readonly path: string;
    readonly stored: unknown;
    readonly recomputed: unknown;
  }[];
}

/** Another machine's arithmetic may differ in the last digits. */
const tolerance = 1e-9;

/** Recomputes every figure of an exported readout from its own inputs. Throws `invalid` for anything else. */
export function verifyReadout(file: unknown): Verification {
  const parsed = schema.safeParse(file);
  if (!parsed.success)
    throw new AppError('invalid', 'This is not an exported readout.', { cause: parsed.error });
  const { inputs, ...stored } = parsed.data;
  if (inputs === undefined)
    throw new AppError('invalid', 'This readout came without its inputs; export it as JSON.');
  const found: Found[] = [];
  const recomputed = schema.parse(readoutOf(loadedOf(inputs)));
  const compared = walk(stored, recomputed, '', found);
  return { compared, differences: found };
}

type Found = Verification['differences'][number];

/** Compares leaf by leaf; answers how many leaves there were. */
function walk(stored: unknown, recomputed: unknown, path: string, found: Found[]): number {
  if (!isTree(stored) || !isTree(recomputed)) {
    if (!isSame(stored, recomputed)) found.push({ path, stored, recomputed });
    return 1;
  }
  const names = new Set([...Object.keys(stored), ...Object.keys(recomputed)]);
  let leaves = 0;
  for (const name of names)
    leaves += walk(stored[name], recomputed[name], path === '' ? name : `${path}.${name}`, found);
  return leaves;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return a === b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}
