import { RE2JS } from 're2js';
import { automatonOf } from './automaton.ts';
import { growthOf } from './cost.ts';

const longest = 256;
/** RE2 writes flags as a leading `(?i)`; the SDK takes them apart from the pattern. */
const leadingFlags = /^\(\?([ims]+)\)/;

/**
 * Why a pattern cannot be used, undefined where it can. RE2 must take it (nothing that needs backtracking), JavaScript
 * must read it, and since SDKs run it on JavaScript's backtracking engine, its steps may grow with the square of a
 * text's length at most.
 */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > longest)
    return `has ${pattern.length} characters, a pattern has at most ${longest}`;
  const [whole = '', flags = ''] = leadingFlags.exec(pattern) ?? [];
  const text = pattern.slice(whole.length);
  try {
    RE2JS.compile(pattern);
    RegExp(text, `u${flags}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `is ${JSON.stringify(pattern)}, not a pattern that runs in linear time: ${why}`;
  }
  const automaton = automatonOf(text, flags);
  const growth = automaton === undefined ? 'unsure' : growthOf(automaton);
  if (growth === 'linear' || growth === 'quadratic') return undefined;
  return `is ${JSON.stringify(pattern)}, ${reasons[growth]}`;
}

const reasons = {
  exponential:
    'which may take for ever: its repeated or optional parts can read the same text in too many ways',
  steeper:
    'which may take seconds: too many repetitions can read the same text; begin with ^, or use contains, startsWith and endsWith',
  unsure: 'which is too complicated to be sure that it is quick',
} as const;
