import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automatonOf } from '@assay/server/definitions/pattern/automaton';
import { growthOf, type Growth } from '@assay/server/definitions/pattern/cost';

const growth = (pattern: string) => growthOf(automatonOf(pattern, '')!);

it.each<[string, Growth]>([
  ['^abc$', 'linear'],
  ['^a+b$', 'linear'],
  ['abc', 'linear'],
  ['a+b', 'quadratic'],
  ['^a+a+$', 'quadratic'],
  ['a+a+$', 'steeper'],
  ['^a+b+$', 'linear'],
  ['^a+b+a+$', 'linear'],
  ['^(a|b)+a+$', 'quadratic'],
  ['^(a+b)+$', 'linear'],
  ['^(a+b?)+$', 'exponential'],
])('%s grows %s', (pattern, expected) => {
  expect(growth(pattern)).toBe(expected);
});

describe('random patterns', () => {
  const atom = fc.constantFrom('a', 'b', '[ab]', '.');
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      atom,
      fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => `${x}${y}`),
      fc.tuple(tie('tree'), tie('tree')).map(([x, y]) => `(?:${x}|${y})`),
      fc
        .tuple(tie('tree'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}'))
        .map(([x, times]) => `(?:${x})${times}`),
    ),
  }));
  it('that are taken do run quickly on texts made to be slow', () => {
    const text = fc
      .constantFrom('a', 'b', 'ab', 'aab', 'abb')
      .map((word) => `${word.repeat(400).slice(0, 400)}!`);
    fc.assert(
      fc.property(tree, fc.boolean(), text, (body, anchored, slow) => {
        const pattern = `${anchored ? '^' : ''}(?:${body})$`;
        const verdict = growth(pattern);
        fc.pre(verdict === 'linear' || verdict === 'quadratic');
        const began = performance.now();
        new RegExp(pattern, 'u').test(slow);
        expect(performance.now() - began).toBeLessThan(500);
      }),
      { numRuns: 3_000 },
    );
  });
});
