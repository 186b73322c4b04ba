import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { calibration, type Calibration } from '../contract/calibration.ts';

/** The latest calibration of every metric: in memory, and in one small file that a restart reads. */
export interface Kept {
  get(environment: string, metric: string): Calibration | undefined;
  put(found: Calibration): Promise<void>;
}

const file = z.array(calibration);

/** A file that is missing or cannot be read counts as empty: the next night fills it again. */
export async function openKept(folder: string): Promise<Kept> {
  const path = join(folder, 'calibrations.json');
  const found = await read(path);
  const known = new Map(found.map((c) => [nameOf(c), c]));
  let writing: Promise<void> = Promise.resolve();
  return {
    get: (environment, metric) => known.get(nameOf({ environment, metric })),
    put(one) {
      known.set(nameOf(one), one);
      const text = JSON.stringify([...known.values()]);
      writing = writing.then(
        () => replace(folder, path, text),
        () => replace(folder, path, text),
      );
      return writing;
    },
  };
}

function nameOf({ environment, metric }: Pick<Calibration, 'environment' | 'metric'>): string {
  return `${environment}/${metric}`;
}

async function read(path: string): Promise<Calibration[]> {
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return [];
  }
}

async function replace(folder: string, path: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}
