import type { Automaton } from './automaton.ts';

/** How the steps of a backtracking engine grow with the length of a text. `unsure`: too much to find out. */
export type Growth = 'linear' | 'quadratic' | 'steeper' | 'exponential' | 'unsure';

const mostSteps = 500_000;
/** Quadratic growth reaches some thousand ways on a text of this length; what reaches more is no such. */
const longestCounted = 64;
const mostWays = 100_000;

/**
 * Weber & Seidl (1991), On the degree of ambiguity of finite automata: exponential where one place comes back to itself
 * in two ways on the same text; else the steps grow by one power for each pair of loops of which the second can take
 * over, at any character, what the first was reading.
 */
export function growthOf(automaton: Automaton): Growth {
  const budget = { steps: 0 };
  const loops = loopsOf(automaton);
  if (loops.some((loop) => isAmbiguous(loop, automaton, budget)) || explodes(automaton))
    return 'exponential';
  const powers = powersOf(loops, automaton, budget);
  if (budget.steps > mostSteps) return 'unsure';
  if (powers === 0) return 'linear';
  return powers === 1 ? 'quadratic' : 'steeper';
}

type Budget = { steps: number };
type Loop = ReadonlySet<number>;

/** Sets of places that can all come back to each other, in the order in which a match passes them. */
function loopsOf({ next }: Automaton): Loop[] {
  const reach = next.map((_, place) => reachable(place, next));
  const loops: Loop[] = [];
  const done = new Set<number>();
  for (const place of next.keys()) {
    if (done.has(place) || reach[place]?.has(place) !== true) continue;
    const loop = new Set([...reach[place]].filter((other) => reach[other]?.has(place) === true));
    for (const other of loop) done.add(other);
    loops.push(loop);
  }
  const size = (loop: Loop) => reach[[...loop][0] ?? 0]?.size ?? 0;
  return loops.toSorted((a, b) => size(b) - size(a));
}

function reachable(from: number, next: Automaton['next']): Set<number> {
  const seen = new Set<number>();
  const open = [...(next[from] ?? [])];
  for (let place = open.pop(); place !== undefined; place = open.pop())
    if (!seen.has(place)) {
      seen.add(place);
      open.push(...(next[place] ?? []));
    }
  return seen;
}

/** Two ways round a loop on one text: the same step twice, or two places reached together that can meet again. */
function isAmbiguous(loop: Loop, automaton: Automaton, budget: Budget): boolean {
  for (const place of loop) {
    const within = (automaton.next[place] ?? []).filter((n) => loop.has(n));
    if (new Set(within).size < within.length) return true;
  }
  const inLoop = (places: readonly number[]) => places.every((p) => loop.has(p));
  const starts = [...loop].map((place) => [place, place]);
  const apart = [...together(starts, automaton, inLoop, budget).values()].filter(
    ([a, b]) => a !== b,
  );
  if (apart.length === 0) return false;
  const backwards = { ...automaton, next: reversed(automaton.next) };
  const meet = together(starts, backwards, inLoop, budget);
  return apart.some((places) => meet.has(places.join(' ')));
}

function reversed(next: Automaton['next']): number[][] {
  const back: number[][] = next.map(() => []);
  for (const [from, places] of next.entries()) for (const to of places) back[to]?.push(from);
  return back;
}

/** Parts that are optional but not repeated make many ways too: they are counted on texts of one character. */
function explodes({ reads, next }: Automaton): boolean {
  const samples = Math.max(...reads.map((bits) => bits.toString(2).length));
  for (let sample = 0n; sample < samples; sample++) {
    let ways = new Map([[next.length - 1, 1]]);
    for (let length = 0; length < longestCounted && ways.size > 0; length++) {
      const longer = new Map<number, number>();
      for (const [place, count] of ways)
        for (const to of next[place] ?? [])
          if (((reads[to] ?? 0n) >> sample) & 1n) longer.set(to, (longer.get(to) ?? 0) + count);
      ways = longer;
      if ([...ways.values()].reduce((sum, count) => sum + count, 0) > mostWays) return true;
    }
  }
  return false;
}

/** The most pairs of loops, one after the other on a way through the pattern, of which one can take over from the other. */
function powersOf(loops: readonly Loop[], automaton: Automaton, budget: Budget): number {
  const powers = loops.map(() => 0);
  loops.forEach((to, j) => {
    loops.slice(0, j).forEach((from, i) => {
      const [start = 0] = from;
      const [end = 0] = to;
      if (!reachable(start, automaton.next).has(end)) return;
      const taken = (powers[i] ?? 0) + (takesOver(from, to, automaton, budget) ? 1 : 0);
      powers[j] = Math.max(powers[j] ?? 0, taken);
    });
  });
  return Math.max(0, ...powers);
}

/** Whether some text leads from a place of the first loop back to it, to a place of the second, and from that back to it. */
function takesOver(from: Loop, to: Loop, automaton: Automaton, budget: Budget): boolean {
  const stays = ([x = 0, , z = 0]: readonly number[]) => from.has(x) && to.has(z);
  for (const p of from)
    for (const q of to)
      if (together([[p, p, q]], automaton, stays, budget).has(`${p} ${q} ${q}`)) return true;
  return false;
}

/** Everywhere that several walkers can be who read the same text at the same time. */
function together(
  starts: readonly (readonly number[])[],
  { reads, next }: Automaton,
  allowed: (places: readonly number[]) => boolean,
  budget: Budget,
): Map<string, readonly number[]> {
  const seen = new Map<string, readonly number[]>();
  const open = [...starts];
  for (let at = open.pop(); at !== undefined && budget.steps <= mostSteps; at = open.pop())
    for (const places of combinations(at.map((p) => distinct(next[p])))) {
      budget.steps++;
      const key = places.join(' ');
      const same = places.reduce((bits, p) => bits & (reads[p] ?? 0n), -1n);
      if (same === 0n || seen.has(key) || !allowed(places)) continue;
      seen.set(key, places);
      open.push(places);
    }
  return seen;
}

function distinct(places: readonly number[] = []): number[] {
  return [...new Set(places)];
}

function combinations(choices: readonly (readonly number[])[]): number[][] {
  return choices.reduce<number[][]>(
    (made, options) => made.flatMap((head) => options.map((option) => [...head, option])),
    [[]],
  );
}
