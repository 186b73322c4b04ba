import { matches, merge } from '@assay/console/features/live/buffer';
import type { LiveEvent } from '@assay/server/contract';
import { expect, it } from 'vitest';

const event = (id: string, change: Partial<LiveEvent> = {}): LiveEvent => ({
  id,
  type: 'track',
  time: '2026-01-01T00:00:00Z',
  received: '2026-01-01T00:00:00Z',
  unit: 'u1',
  unitType: 'userId',
  name: 'order_paid',
  source: 'sdk',
  marks: [],
  ...change,
});
const ids = (events: readonly LiveEvent[]) => events.map(({ id }) => id);

it('puts the newest first, none twice, and keeps no more than asked', () => {
  const shown = merge([event('b'), event('a')], [event('c'), event('d'), event('b')]);
  expect(ids(shown)).toEqual(['b', 'd', 'c', 'a']);
  expect(ids(merge(shown, [event('e')], 3))).toEqual(['e', 'b', 'd']);
});

it('keeps an event apart from its rejected repeat', () => {
  expect(merge([event('a')], [event('a', { type: 'rejected' })])).toHaveLength(2);
});

it.each([
  [{}, true],
  [{ q: 'ORDER' }, true],
  [{ q: 'u1' }, true],
  [{ q: 'signup' }, false],
  [{ type: 'track' as const }, true],
  [{ type: 'exposure' as const, q: 'order' }, false],
])('filter %o lets an event through: %s', (filter, through) => {
  expect(matches(event('a'), filter)).toBe(through);
});
