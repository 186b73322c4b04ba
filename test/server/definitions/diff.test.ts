import { expect, it } from 'vitest';
import { diff, same } from '@assay/server/definitions/diff';

it.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, [{ path: 'b', before: 2, after: 3 }]],
  [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, [{ path: 'a.b.1', before: 2, after: 3 }]],
  [{ a: [1] }, { a: [1, 2] }, [{ path: 'a', before: [1], after: [1, 2] }]],
  [{}, { a: null }, [{ path: 'a', before: undefined, after: null }]],
  [{ a: [] }, { a: {} }, [{ path: 'a', before: [], after: {} }]],
  [{}, { constructor: 1 }, [{ path: 'constructor', before: undefined, after: 1 }]],
  [1, 2, [{ path: '', before: 1, after: 2 }]],
])('diff(%j, %j) is %j', (before, after, changes) => {
  expect(diff(before, after)).toEqual(changes);
});

it('does not look at the order of members', () => {
  expect(same({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
});
