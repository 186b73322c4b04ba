import { expect, it } from 'vitest';
import { findCycle } from '@assay/server/definitions/cycle';

it.each([
  [{ a: ['b'], b: ['a'] }, ['a', 'b', 'a']],
  [{ a: ['a'] }, ['a', 'a']],
  [{ a: ['b', 'c'], b: ['c'], c: [] }, undefined],
  [{ a: ['b'], b: ['c'], c: ['b'] }, undefined],
  [{ a: ['b', 'c'], b: ['d'], c: [], d: ['a'] }, ['a', 'b', 'd', 'a']],
] as [Record<string, string[]>, string[] | undefined][])('from a in %j: %j', (edges, way) => {
  expect(findCycle('a', (node) => edges[node] ?? [])).toEqual(way);
});
