import { RE2JS } from 're2js';

const longest = 256;
/** RE2 writes flags as a leading `(?i)`; the SDK takes them apart from the pattern. */
const leadingFlags = /^\(\?([ims]+)\)/;

/** Why a pattern cannot be used, undefined where it can: RE2 must take it, which has nothing that needs backtracking, and JavaScript must read it. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > longest)
    return `has ${pattern.length} characters, a pattern has at most ${longest}`;
  try {
    RE2JS.compile(pattern);
    const flags = leadingFlags.exec(pattern);
    RegExp(pattern.slice(flags?.[0].length ?? 0), `u${flags?.[1] ?? ''}`);
    return undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `is ${JSON.stringify(pattern)}, not a pattern that runs in linear time: ${why}`;
  }
}
