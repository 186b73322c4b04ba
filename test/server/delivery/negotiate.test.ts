import { expect, it } from 'vitest';
import { bestEncoding, isFresh } from '@assay/server/delivery/negotiate';

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['GZIP;q=1.0, br;q=0', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['deflate', 'identity'],
  ['br;q=nonsense', 'identity'],
])('Accept-Encoding %s: %s', (header, encoding) => {
  expect(bestEncoding(header)).toBe(encoding);
});

it.each([
  [undefined, false],
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b"', false],
  ['*', true],
  ['a', false],
])('If-None-Match %s against "a": %s', (header, fresh) => {
  expect(isFresh(header, '"a"')).toBe(fresh);
});
