/**
 * The way from `start` back to itself, undefined where there is none. What lies on a cycle of others is theirs.
 * @example findCycle('a', (x) => ({ a: ['b'], b: ['a'] })[x] ?? []) // ['a', 'b', 'a']
 */
export function findCycle(
  start: string,
  next: (node: string) => readonly string[],
): string[] | undefined {
  const seen = new Set<string>();
  const ways: string[][] = [[start]];
  for (let way = ways.pop(); way !== undefined; way = ways.pop())
    for (const node of next(way.at(-1) ?? start)) {
      if (node === start) return [...way, node];
      if (!seen.has(node)) {
        seen.add(node);
        ways.push([...way, node]);
      }
    }
  return undefined;
}
