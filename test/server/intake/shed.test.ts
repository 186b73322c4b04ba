import { nextShed } from '@assay/server/intake/shed';
import { expect, it } from 'vitest';

it.each([
  [0, 20, 0],
  [0, 101, 0.1],
  [0.5, 99, 0.48],
  [0.93, 3_000, 0.95],
  [0.01, 0, 0],
])('nextShed(%d, %d ms) is %d', (chance, lag, next) => {
  expect(nextShed(chance, lag)).toBeCloseTo(next, 12);
});

it('turns nearly all away during a long flood and nobody a while after it', () => {
  let chance = 0;
  for (let i = 0; i < 10; i++) chance = nextShed(chance, 400);
  expect(chance).toBe(0.95);
  for (let i = 0; i < 48; i++) chance = nextShed(chance, 5);
  expect(chance).toBe(0);
});
