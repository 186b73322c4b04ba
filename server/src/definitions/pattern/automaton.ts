import { hasMarks, isAnchored, parse, type Node } from './parse.ts';

/** Places of a pattern that read a character, and the ways between them (Glushkov's automaton). */
export interface Automaton {
  /** Which of the sample characters each place reads, as bits. */
  readonly reads: readonly bigint[];
  /** Where each place leads; the same place twice where there are two ways to it. */
  readonly next: readonly (readonly number[])[];
}

type Repeat = Extract<Node, { kind: 'repeat' }>;

const mostPlaces = 1_500;

/** What a part of the pattern looks like from outside. */
interface Part {
  readonly nullable: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}
const nothing: Part = { nullable: true, first: [], last: [] };

/**
 * The automaton of a pattern, undefined where it would be too large. Its last place is where the search begins; one
 * that may begin anywhere reads everything there. Repetitions with a wide range count as endless ones: to a backtracking engine they
 * are as good as that.
 */
export function automatonOf(pattern: string, flags: string): Automaton | undefined {
  const tree = parse(pattern);
  const places: { reads: bigint; next: number[] }[] = [];
  const read = reader(pattern, flags);
  const join = (from: readonly number[], to: readonly number[]) => {
    for (const place of from) places[place]?.next.push(...to);
  };
  const build = (node: Node): Part => {
    if (places.length > mostPlaces) return nothing;
    if (node.kind === 'mark') return nothing;
    if (node.kind === 'chars') {
      const place = places.push({ reads: read(node.source), next: [] }) - 1;
      return { nullable: false, first: [place], last: [place] };
    }
    if (node.kind === 'choice') return either(node.parts.map(build));
    if (node.kind === 'sequence') return chain(node.parts.map((part) => () => build(part)));
    return repeat(node);
  };
  const chain = (parts: readonly (() => Part)[]): Part =>
    parts.reduce<Part>((before, make) => {
      const after = make();
      join(before.last, after.first);
      return {
        nullable: before.nullable && after.nullable,
        first: before.nullable ? [...before.first, ...after.first] : before.first,
        last: after.nullable ? [...before.last, ...after.last] : after.last,
      };
    }, nothing);
  const endless = (body: Node): Part => {
    const part = build(body);
    join(part.last, part.first);
    return part;
  };
  const optional = (part: Part): Part => ({ ...part, nullable: true });
  const repeat = ({ body, min, max }: Repeat): Part => {
    const copies = Array.from({ length: min }, () => () => build(body));
    if (max - min > 1) {
      // The last copy that must be there takes the endless rest with it: a+ is one place, not two.
      const rest = () => (min === 0 ? optional(endless(body)) : endless(body));
      return chain([...copies.slice(1), rest]);
    }
    if (max > min) return chain([...copies, () => optional(build(body))]);
    return isUncounted({ min, max, body }) ? endless(body) : chain(copies);
  };
  const whole = build(tree);
  if (places.length > mostPlaces) return undefined;
  // Where nothing can be refused any more the match is over: nobody goes back through such a place.
  if (!hasMarks(tree) && !hasUncounted(tree))
    for (const place of whole.last) places[place]?.next.splice(0);
  const start = places.length;
  const anywhere = !isAnchored(tree) || flags.includes('m');
  places.push({ reads: read('[^]'), next: anywhere ? [start, ...whole.first] : [...whole.first] });
  return { reads: places.map((p) => p.reads), next: places.map((p) => p.next) };
}

function either(parts: readonly Part[]): Part {
  return {
    nullable: parts.some((p) => p.nullable),
    first: parts.flatMap((p) => p.first),
    last: parts.flatMap((p) => p.last),
  };
}

/** A counted repetition of what can have several lengths is taken for an endless one. */
function isUncounted({ min, max, body }: Omit<Repeat, 'kind'>): boolean {
  return min > 1 && min === max && !isFixed(body);
}
function hasUncounted(node: Node): boolean {
  if (node.kind === 'repeat') return isUncounted(node) || hasUncounted(node.body);
  return (node.kind === 'sequence' || node.kind === 'choice') && node.parts.some(hasUncounted);
}

/** Whether every match of it has the same length. */
function isFixed(node: Node): boolean {
  if (node.kind === 'sequence') return node.parts.every(isFixed);
  if (node.kind === 'repeat') return node.min === node.max && isFixed(node.body);
  return node.kind !== 'choice';
}

/** Sample characters that tell classes apart: what the pattern names, its neighbours, and one of each common sort. */
function reader(pattern: string, flags: string): (source: string) => bigint {
  const samples = new Set('aZ5_ -.@/\n\té中😀\u0000');
  for (const char of pattern) {
    const code = char.codePointAt(0) ?? 0;
    for (const near of [code - 1, code, code + 1])
      if (near >= 0 && near <= 0x10ffff) samples.add(String.fromCodePoint(near));
  }
  const known = new Map<string, bigint>();
  return (source) => {
    const seen = known.get(source);
    if (seen !== undefined) return seen;
    const one = new RegExp(`^${source}$`, `u${flags.replace('m', '')}`);
    const bits = [...samples].reduce(
      (sum, char, i) => (one.test(char) ? sum | (1n << BigInt(i)) : sum),
      0n,
    );
    known.set(source, bits);
    return bits;
  };
}
