/** Major, minor and patch, then the pre-release's words; a release ends in a word above all others. */
type Version = readonly (number | string)[];

const shape = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;
/** Versions are few and asked for often: reading one again must neither take time nor allocate. */
const known = new Map<string, Version>();
const mostKnown = 1_000;
const unreadable: Version = [];

/** Reads `1.2.3`, `v1.2`, `1.2.3-beta.1+build`; missing parts are 0. Empty when it is not a version. */
export function readVersion(text: unknown): Version {
  if (typeof text !== 'string') return unreadable;
  const before = known.get(text);
  if (before !== undefined) return before;
  const [found, ...parts] = shape.exec(text) ?? [];
  const version =
    found === undefined
      ? unreadable
      : [
          ...parts.slice(0, 3).map((part: string | undefined) => part ?? '0'),
          ...(parts[3] ?? '~').split('.'),
        ].map(word);
  if (known.size >= mostKnown) known.clear();
  known.set(text, version);
  return version;
}

function word(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/**
 * Precedence (semver.org §11): negative, 0 or positive; NaN when one is not a version.
 * @example compareVersions(readVersion('1.10.0'), readVersion('1.9')) // 1
 */
export function compareVersions(a: Version, b: Version): number {
  if (a === unreadable || b === unreadable) return NaN;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const x = a[i];
  const y = b[i];
  if (x === undefined || y === undefined) return a.length - b.length;
  // Numbers below words.
  if (typeof x !== typeof y) return typeof x === 'number' ? -1 : 1;
  return x < y ? -1 : 1;
}
