import { createTestClient } from '@assay/sdk/testing';
import { expect, it } from 'vitest';
import { flag, half, ruleset } from './rulesets.ts';

it('serves what a test sets, and tells of it', () => {
  const assay = createTestClient({ checkout: 'one-page', limit: 3 });
  const told: (readonly string[])[] = [];
  assay.onChange((keys) => told.push(keys));
  expect(assay.get('checkout', 'classic')).toBe('one-page');
  expect(assay.forUser({ userId: 'u2' }).get('limit', 1)).toBe(3);
  expect(assay.get('limit', 'a text')).toBe('a text');
  expect(assay.get('unknown', true)).toBe(true);
  assay.set('checkout', 'classic');
  assay.set('new', true);
  expect(assay.all()).toEqual({ checkout: 'classic', limit: 3, new: true });
  expect(told).toEqual([['checkout'], ['new']]);
});

it('records exposures and events of a real ruleset', async () => {
  const rules = ruleset({ f: flag([{ ...half, experiment: 'exp' }]) });
  const assay = createTestClient({}, { ruleset: rules, unit: { userId: 'u1' } });
  assay.get('f', 'mine');
  assay.get('f', 'mine');
  assay.track('order_paid', { value: 12.5 });
  expect(await assay.events()).toMatchObject([
    { type: 'exposure', unit: 'u1', experiment: 'exp', variant: 'b' },
    { type: 'track', unit: 'u1', name: 'order_paid', value: 12.5 },
  ]);
});
