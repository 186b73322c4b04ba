const shape = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;
/** Versions are few and asked for often: reading one again must neither take time nor allocate. */
const known = new Map<string, string | number>();
const mostKnown = 1_000;

/**
 * A text that sorts as the version does (semver.org §11): numbers padded, words after numbers, a release after its
 * pre-releases. Reads `1.2.3`, `v1.2`, `1.2.3-beta.1+build`; missing parts are 0. NaN, which is neither below nor above
 * anything, when it is not a version.
 * @example versionOrder('1.9') < versionOrder('1.10.0-beta') // true
 */
export function versionOrder(version: unknown): string | number {
  if (typeof version !== 'string') return NaN;
  let order = known.get(version);
  if (order === undefined) {
    if (known.size >= mostKnown) known.clear();
    known.set(version, (order = read(version)));
  }
  return order;
}

function read(version: string): string | number {
  const [found, major, minor, patch, pre = '~'] = shape.exec(version) ?? [];
  const words = [major, minor, patch, ...pre.split('.')].map(sortable);
  return found === undefined ? NaN : words.join(' ');
}

function sortable(word = '0'): string {
  return /^\d+$/.test(word) ? word.padStart(16, '0') : `A${word}`;
}
