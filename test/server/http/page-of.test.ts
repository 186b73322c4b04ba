import { pageOf } from '@assay/server/http/page-of';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const items = ['ada', 'bo', 'cy', 'bob'].map((name, i) => ({ id: String(i), name }));
const name = (item: { name: string }) => item.name;

describe('a page', () => {
  it.each<[Parameters<typeof pageOf>[1], string[], string | null]>([
    [{ limit: 2 }, ['ada', 'bo'], '1'],
    [{ limit: 2, cursor: '1' }, ['cy', 'bob'], null],
    [{ limit: 9 }, ['ada', 'bo', 'cy', 'bob'], null],
    [{ limit: 1, q: 'BO' }, ['bo'], '1'],
    [{ limit: 1, q: 'bo', cursor: '1' }, ['bob'], null],
    [{ limit: 2, q: 'zz' }, [], null],
  ])('%o', (query, names, next) => {
    expect(pageOf(items, query, name)).toEqual({
      items: items.filter((i) => names.includes(i.name)),
      next,
    });
  });

  it('follows page until every item was seen once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(12), (limit, count) => {
        const all = Array.from({ length: count }, (_, i) => ({ id: `i${i}`, name: '' }));
        const seen: unknown[] = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(all, { limit, cursor }, name);
          seen.push(...page.items);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(all);
      }),
    );
  });
});
