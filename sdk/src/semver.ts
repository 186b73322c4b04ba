/** A version read once: major, minor, patch, and the pre-release, '' when there is none. */
export type Version = { readonly parts: readonly number[]; readonly pre: string };

/** Reads `1.2.3`, `v1.2`, `1.2.3-beta.1+build`; undefined when it is not a version. Missing parts are 0. */
export function readVersion(text: string): Version | undefined {
  return scan(text) ? { parts: [...parts], pre } : undefined;
}

/**
 * Precedence of `text` against `than` (semver.org §11): negative, 0 or positive; NaN when `text` is not a version.
 * @example compareVersion('1.10.0', readVersion('1.9')) // 1
 */
export function compareVersion(text: string, than: Version): number {
  if (!scan(text)) return NaN;
  for (let i = 0; i < 3; i++) {
    const order = parts[i]! - than.parts[i]!;
    if (order !== 0) return order;
  }
  if (pre === than.pre) return 0;
  if (pre === '' || than.pre === '') return pre === '' ? 1 : -1;
  return comparePre(pre.split('.'), than.pre.split('.'));
}

/** Where `scan` leaves what it read: reading a plain version must not allocate. */
const parts = [0, 0, 0];
let pre = '';

function scan(text: string): boolean {
  parts[0] = parts[1] = parts[2] = 0;
  pre = '';
  let i = text.startsWith('v') ? 1 : 0;
  for (let part = 0; part < 3; part++) {
    const start = i;
    let c = 0;
    for (; (c = text.charCodeAt(i) - 48) >= 0 && c <= 9; i++) parts[part] = parts[part]! * 10 + c;
    if (i === start) return false;
    if (text[i] !== '.' || part === 2) break;
    i++;
  }
  if (i === text.length) return true;
  const tail = /^(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text.slice(i));
  pre = tail?.[1] ?? '';
  return tail !== null;
}

/** Numbers below words, numbers by size, words by code, and the shorter list first. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  const numeric = /^\d+$/;
  const at = a.findIndex((word, i) => word !== b[i]);
  const x = a[at];
  const y = b[at];
  if (x === undefined || y === undefined) return a.length - b.length;
  const xNumeric = numeric.test(x);
  if (xNumeric !== numeric.test(y)) return xNumeric ? -1 : 1;
  return xNumeric ? Number(x) - Number(y) : x < y ? -1 : 1;
}
