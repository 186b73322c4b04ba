import type { Ruleset } from '@assay/sdk';
import { expect, it } from 'vitest';
import { fakeRim } from './rim.ts';
import { flag, ruleset } from './rulesets.ts';

const plain = flag([]);
const requiring = flag([], { requires: [{ flag: 'a', variants: ['a'] }] });
const before = ruleset({ a: plain, b: plain, c: requiring });

/** What a client that knew `before` tells when the server has this. */
async function told(after: Ruleset): Promise<readonly (readonly string[])[]> {
  const { client, pass, server } = fakeRim();
  server.ruleset = () => ({ status: 200, body: JSON.stringify(after) });
  const changes: (readonly string[])[] = [];
  client({ stream: false, ruleset: before }).onChange((keys) => changes.push(keys));
  await pass(0);
  return changes;
}
const version2 = (flags: Ruleset['flags'], members?: Partial<Ruleset>) =>
  ruleset({ ...before.flags, ...flags }, { version: 2, ...members });

it.each<[string, Ruleset, string[] | undefined]>([
  ['nothing but the version', version2({}), undefined],
  [
    'a flag, and so whatever requires another',
    version2({ b: flag([], { on: false }) }),
    ['b', 'c'],
  ],
  ['a new flag', version2({ d: plain }), ['c', 'd']],
  ['a flag that is gone', ruleset({ a: plain, c: requiring }, { version: 2 }), ['b', 'c']],
  [
    'a segment, which any flag may use',
    version2({}, { segments: { s: { all: [] } } }),
    ['a', 'b', 'c'],
  ],
])('a change of %s', async (_, after, keys) => {
  expect(await told(after)).toEqual(keys === undefined ? [] : [keys]);
});
