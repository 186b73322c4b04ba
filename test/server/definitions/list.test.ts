import { describe, expect, it } from 'vitest';
import { pageOf } from '@assay/server/definitions/list';

const at = (day: number) => `2026-03-0${day}T00:00:00.000Z`;
const items = [
  { key: 'a', name: 'Zebra', tags: ['growth'], createdAt: at(1), updatedAt: at(3) },
  { key: 'b', name: 'apple', description: 'Old checkout', createdAt: at(2), updatedAt: at(1) },
  { key: 'c', owner: 'Growth', createdAt: at(3), updatedAt: at(1) },
];
const keys = (query: { q?: string; sort?: string }) =>
  pageOf(items, { limit: 10, ...query }).items.map((i) => i.key);

describe('a list', () => {
  it.each([
    [{}, ['a', 'b', 'c']],
    [{ sort: '-key' }, ['c', 'b', 'a']],
    [{ sort: 'name' }, ['b', 'c', 'a']],
    [{ sort: 'updatedAt' }, ['b', 'c', 'a']],
    [{ sort: '-updatedAt' }, ['a', 'c', 'b']],
    [{ q: 'GROWTH' }, ['a', 'c']],
    [{ q: ' checkout ' }, ['b']],
    [{ q: 'nothing' }, []],
  ])('%j gives %j', (query, expected) => {
    expect(keys(query)).toEqual(expected);
  });

  it.each(['key', '-key', 'name', '-updatedAt'])(
    'comes in pages by %s: all of it, once',
    (sort) => {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = pageOf(items, { limit: 2, sort, ...(cursor && { cursor }) });
        seen.push(...page.items.map((i) => i.key));
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual(keys({ sort }));
    },
  );

  it('goes on after the last item seen, even when that is gone', () => {
    const { next } = pageOf(items, { limit: 1 });
    const rest = pageOf(items.slice(1), { limit: 10, cursor: next ?? '' });
    expect(rest.items.map((i) => i.key)).toEqual(['b', 'c']);
  });

  it.each([
    [{ sort: 'size' }, 'sort is "size", must be one of key, name, createdAt, updatedAt'],
    [{ cursor: '%%%' }, 'cursor is "%%%", must be the "next" of a page before'],
  ])('refuses %j', (query, message) => {
    expect(() => pageOf(items, { limit: 10, ...query })).toThrow(message);
  });
});
