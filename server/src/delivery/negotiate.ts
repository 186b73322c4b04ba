import type { Encoding } from './publisher.ts';

/**
 * The best encoding that a client takes: brotli, then gzip, then none.
 * @example bestEncoding('gzip, br;q=0') // 'gzip'
 */
export function bestEncoding(header: string | string[] | undefined): Encoding {
  const accepted = weights(String(header ?? ''));
  const takes = (encoding: string) => (accepted.get(encoding) ?? accepted.get('*') ?? 0) > 0;
  if (takes('br')) return 'br';
  return takes('gzip') ? 'gzip' : 'identity';
}

function weights(header: string): Map<string, number> {
  return new Map(
    header
      .toLowerCase()
      .split(',')
      .map((part): [string, number] => {
        const [name = '', ...parameters] = part.split(';').map((p) => p.trim());
        const q = parameters.find((p) => p.startsWith('q='));
        return [name, q === undefined ? 1 : Number(q.slice(2))];
      }),
  );
}

/** Whether If-None-Match names this ETag; a proxy may have made it weak. */
export function isFresh(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
