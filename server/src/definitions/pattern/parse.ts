/** A pattern as a tree. `mark`: what consumes nothing (^ $ \b \B). */
export type Node =
  | { readonly kind: 'chars'; readonly source: string }
  | { readonly kind: 'mark'; readonly source: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number };

const token =
  /(?<mark>\^|\$|\\[bB])|(?<open>\((?:\?:|\?<\w+>)?)|(?<close>\))|(?<or>\|)|(?<times>[*+?]|\{\d+(?:,\d*)?\})\??|(?<chars>\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\x[\da-fA-F]{2}|\\.|.)/gsu;

/** Reads a pattern that both RE2 and JavaScript (flag u) have taken: nothing here needs to be checked again. */
export function parse(pattern: string): Node {
  const open: Node[][][] = [[[]]];
  const choice = () => open.at(-1) ?? [[]];
  const sequence = () => choice().at(-1) ?? [];
  for (const { groups = {} } of pattern.matchAll(token)) {
    if (groups['open'] !== undefined) open.push([[]]);
    else if (groups['close'] !== undefined) {
      const closed = open.pop() ?? [[]];
      sequence().push(choiceOf(closed));
    } else if (groups['or'] !== undefined) choice().push([]);
    else if (groups['times'] !== undefined) {
      const body = sequence().pop() ?? { kind: 'sequence', parts: [] };
      sequence().push({ kind: 'repeat', body, ...times(groups['times']) });
    } else if (groups['mark'] !== undefined)
      sequence().push({ kind: 'mark', source: groups['mark'] });
    else sequence().push({ kind: 'chars', source: groups['chars'] ?? '' });
  }
  return choiceOf(choice());
}

function choiceOf(sequences: readonly Node[][]): Node {
  const parts = sequences.map((s): Node => ({ kind: 'sequence', parts: s }));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'choice', parts };
}

function times(text: string): { min: number; max: number } {
  if (text === '*') return { min: 0, max: Infinity };
  if (text === '+') return { min: 1, max: Infinity };
  if (text === '?') return { min: 0, max: 1 };
  const [least = '0', most] = text.slice(1, -1).split(',');
  const min = Number(least);
  if (most === undefined) return { min, max: min };
  return { min, max: most === '' ? Infinity : Number(most) };
}

/** Whether a match can only begin where the text begins. */
export function isAnchored(node: Node): boolean {
  if (node.kind === 'mark') return node.source === '^';
  if (node.kind === 'choice') return node.parts.every(isAnchored);
  if (node.kind === 'sequence') return node.parts.some((part, i) => i === 0 && isAnchored(part));
  return node.kind === 'repeat' && node.min > 0 && isAnchored(node.body);
}

/** Whether the end of the pattern can still be refused: then what was tried before is tried again. */
export function hasMarks(node: Node): boolean {
  if (node.kind === 'mark') return node.source !== '^';
  if (node.kind === 'repeat') return hasMarks(node.body);
  return node.kind !== 'chars' && node.parts.some(hasMarks);
}
