/** One page of a list that is in memory: `q` searches `textOf`, the cursor is the id of the last item of the page before. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  query: {
    readonly limit: number;
    readonly cursor?: string | undefined;
    readonly q?: string | undefined;
  },
  textOf: (item: T) => string,
): { items: T[]; next: string | null } {
  const sought = query.q?.toLowerCase() ?? '';
  const found = items.filter((item) => textOf(item).toLowerCase().includes(sought));
  const start = found.findIndex((item) => item.id === query.cursor) + 1;
  const page = found.slice(start, start + query.limit);
  const more = start + page.length < found.length;
  return { items: page, next: more ? (page.at(-1)?.id ?? null) : null };
}
