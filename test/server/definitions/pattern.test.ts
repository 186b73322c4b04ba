import { expect, it } from 'vitest';
import { patternFault } from '@assay/server/definitions/pattern';

it.each(['^a+$', '(?i)^pro', '用户-\\d+', '[a-z0-9._-]+@example\\.com', 'x'.repeat(256)])(
  'takes %s',
  (pattern) => {
    expect(patternFault(pattern)).toBeUndefined();
  },
);

it.each([
  ['x'.repeat(257), 'has 257 characters, a pattern has at most 256'],
  ['(a', 'is "(a", not a pattern that runs in linear time: '],
  ['a(?=b)', 'not a pattern that runs in linear time: '],
  ['(a)\\1', 'not a pattern that runs in linear time: '],
  ['(?P<year>\\d+)', 'not a pattern that runs in linear time: '],
])('refuses %s', (pattern, message) => {
  expect(patternFault(pattern)).toContain(message);
});
