import { expect, it } from 'vitest';
import { patternFault } from '@assay/server/definitions/pattern/fault';

it.each([
  '^a+$',
  '(?i)^pro',
  '用户-\\d+',
  '[a-z0-9._-]+@example\\.com',
  '^[^@]+@([a-z0-9-]+\\.)*example\\.com$',
  '^(\\d{1,3}\\.){3}\\d{1,3}$',
  '(?i)chrome/\\d+\\.\\d+',
  '^(foo|bar)+$',
  `^(${Array.from({ length: 40 }, (_, i) => `w${i}-`).join('|')})*$`,
  '^a?b?c?d?e?f?$',
  '^(a|ab)(c|bcd)$',
  '^v?\\d+(\\.\\d+)*(-[a-z0-9.]+)?$',
  '^.*foo.*$',
  'foo.*bar',
  'foo.*',
  '^\\p{L}[\\p{L}\\p{N} ]{1,30}$',
  '(ab?)+c',
  '^(?:[0-9a-f]{8}-[0-9a-f]{4}-){2}$',
  '',
  'x'.repeat(256),
])('takes %s', (pattern) => {
  expect(patternFault(pattern)).toBeUndefined();
});

const endless = 'may take for ever';
const steep = 'may take seconds';
const noRe2 = 'not a pattern that runs in linear time: ';
it.each([
  ['x'.repeat(257), 'has 257 characters, a pattern has at most 256'],
  ['(a', 'is "(a", not a pattern that runs in linear time: '],
  ['a(?=b)', noRe2],
  ['(a)\\1', noRe2],
  ['(?P<year>\\d+)', noRe2],
  ['^(a+)+$', endless],
  ['^(a*)*$', endless],
  ['(x+x+)+y', endless],
  ['^(a|a)*$', endless],
  ['^(a|[a-c])*$', endless],
  ['^(ab|a|b)+$', endless],
  ['^([a-z]+)*@', endless],
  ['^(\\w+\\s?)*$', endless],
  ['^(a{1,9}){1,9}$', endless],
  ['(?i)^(a|A)*$', endless],
  ['(.*a){30}', endless],
  [`^${'a?'.repeat(60)}a{60}$`, endless],
  ['^(\\d+)*\\.$', endless],
  ['.*a.*b', steep],
  ['^.*a.*a.*b', steep],
  ['^\\s*\\w*\\w*\\w*$', steep],
  ['^a{5,90}a{5,90}a{5,90}$', steep],
  ['a{40}'.repeat(40), 'too complicated'],
])('refuses %s', (pattern, message) => {
  expect(patternFault(pattern)).toContain(message);
});
