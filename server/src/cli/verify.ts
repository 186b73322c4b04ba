import { readFile } from 'node:fs/promises';
import { verifyReadout } from '../readout/verify.ts';

/** Recomputes every figure of an exported readout from the inputs in the file, and says which do not come out the same. */
export async function verify(file: string): Promise<boolean> {
  const { compared, differences } = verifyReadout(JSON.parse(await readFile(file, 'utf8')));
  for (const { path, stored, recomputed } of differences)
    console.log(`${path}: ${JSON.stringify(stored)}, recomputed ${JSON.stringify(recomputed)}`);
  console.log(`${compared} figures recomputed, ${differences.length} differ`);
  return differences.length === 0;
}
