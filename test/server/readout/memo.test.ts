import { expect, it } from 'vitest';
import { memo } from '@assay/server/readout/memo';

const counter = () => {
  let made = 0;
  return () => Promise.resolve(++made);
};

it('answers from memory until the time is over, per key', async () => {
  const remember = memo(2_000);
  const make = counter();
  expect(await remember('k', 0, make)).toBe(1);
  expect(await remember('k', 1_999, make)).toBe(1);
  expect(await remember('other', 1_999, make)).toBe(2);
  expect(await remember('k', 2_000, make)).toBe(3);
});

it('makes one answer for those who ask at once', async () => {
  const remember = memo(2_000);
  const make = counter();
  expect(await Promise.all([remember('k', 0, make), remember('k', 0, make)])).toEqual([1, 1]);
});

it('forgets a failure', async () => {
  const remember = memo(2_000);
  await expect(remember('k', 0, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await remember('k', 0, counter())).toBe(1);
});

it('keeps the five hundred newest', async () => {
  const remember = memo(2_000);
  for (let i = 0; i <= 500; i++) await remember(String(i), 0, () => Promise.resolve('old'));
  expect(await remember('0', 0, () => Promise.resolve('new'))).toBe('new');
  expect(await remember('500', 0, () => Promise.resolve('new'))).toBe('old');
});
