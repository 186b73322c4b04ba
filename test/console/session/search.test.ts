import { backSearch } from '@assay/console/features/session/search';
import { expect, it } from 'vitest';

it.each([
  ['/flags?q=a', '/flags?q=a'],
  ['https://evil.example', undefined],
  ['//evil.example', undefined],
  [String.raw`/\evil.example`, undefined],
  ['javascript:alert(1)', undefined],
  [undefined, undefined],
])('after signing in, %s leads to %s', (back, to) => {
  expect(backSearch({ back }).back).toBe(to);
});
