import type { Client, Options } from '@assay/sdk';
import { createClient } from '@assay/sdk/node';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeRim, settled } from './rim.ts';
import { flag, half, ruleset } from './rulesets.ts';

const rules = ruleset({ f: flag([{ ...half, experiment: 'exp', sticky: true }]) });
const verbs = [
  'get',
  'peek',
  'decide',
  'explain',
  'all',
  'track',
  'setUser',
  'forUser',
  'override',
  'onChange',
  'consent',
  'ready',
  'flush',
  'dropped',
  'close',
] as const;

describe('after construction nothing throws', () => {
  it('whatever the verbs are given', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...verbs),
        fc.anything(),
        fc.anything(),
        async (verb, a, b) => {
          const { client, events } = fakeRim();
          const assay = client({ ruleset: rules });
          const call = assay[verb as keyof Client] as (...of: unknown[]) => unknown;
          await (call.call(assay, a, b) as Promise<unknown> | undefined);
          assay.get('f', 'mine');
          assay.track('after');
          await assay.flush();
          expect(Array.isArray(events())).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });
  it('when the app’s own store and attributes fail', () => {
    const broken = (): never => {
      throw new Error('the store is broken');
    };
    const { client } = fakeRim();
    const assay = client({ ruleset: rules, sticky: { get: broken, set: broken } });
    expect(assay.get('f', 'mine')).toBe('B');
    const trap = new Proxy(
      {},
      {
        get: broken,
        ownKeys: () => ['x'],
        getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }),
      },
    );
    expect(() => assay.forUser({ userId: 'u2' }, trap).get('f', 'mine')).not.toThrow();
  });
  it.each([
    ['an address that is none', { url: 'not an address', key: 'sk_x' }],
    ['a key that no header can carry', { url: 'http://127.0.0.1:9', key: 'sk_…\n' }],
    ['nothing at all', {}],
  ])('by %s', async (_, options) => {
    const assay = createClient({ logger: () => undefined, ...options } as unknown as Options);
    await assay.ready();
    assay.track('a');
    await assay.flush();
    await settled();
    expect(assay.get('f', 'mine')).toBe('mine');
    await assay.close();
  });
});
