import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const dist = fileURLToPath(new URL('../../console/dist', import.meta.url));
const kilobytes = (file: string): number => gzipSync(readFileSync(join(dist, file))).length / 1_024;

// npm test builds the console; a run of this file alone may find none.
describe.skipIf(!existsSync(join(dist, 'index.html')))('the weight of the console, gzipped', () => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? '',
  );

  it('is at most 220 KB at the first load', () => {
    expect(first.length).toBeGreaterThan(2);
    expect(first.reduce((sum, file) => sum + kilobytes(file), 0)).toBeLessThanOrEqual(220);
  });

  it('is at most 60 KB in any chunk that a page loads later', () => {
    const later = readdirSync(join(dist, 'assets'))
      .filter((file) => file.endsWith('.js') && !first.includes(`assets/${file}`))
      .map((file) => [file, kilobytes(`assets/${file}`)] as const);
    expect(later.length).toBeGreaterThan(10);
    expect(later.filter(([, size]) => size > 60)).toEqual([]);
  });
});
