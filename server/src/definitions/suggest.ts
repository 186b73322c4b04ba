/**
 * Says that a name is not known, and which one was probably meant.
 * @example unknownName('metric', 'conversion', ['conversions']) // 'Unknown metric "conversion"; did you mean "conversions"?'
 */
export function unknownName(what: string, name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return `Unknown ${what} "${name}"${hint}`;
}

/** The closest known name, where one is close enough to be a slip of the hand. */
function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 4)) + 1;
  for (const candidate of known) {
    const distance =
      Math.abs(candidate.length - name.length) < least ? edits(name, candidate) : least;
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions and replacements that turn one name into the other (Levenshtein, two rows). */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
