import { describe, expect, it } from 'vitest';
import { canonical, planHash } from '@assay/server/experiments/plan-hash';
import { made, onePage } from '../../support/definitions.ts';

it('writes JSON in one way only', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined, A: true })).toBe(
    '{"A":true,"b":[1,{"c":"x","d":null}]}',
  );
});

describe('the hash of a plan', () => {
  const hash = planHash(made('experiments', onePage));

  it('is SHA-256 of the canonical plan', () => {
    // printf '{"control":"a"}' | sha256sum
    expect(planHash({ control: 'a', name: 'not the plan' })).toBe(
      '5a11699e8b8ab3f383aaede6f2f98c9c496fc1a11b19d01a0a25912acd94e21c',
    );
  });
  it.each([
    ['words', { name: 'New', description: 'New', tags: ['x'] }, true],
    ['life', { status: 'running', salt: 'abcdefg' }, true],
    ['coverage', { coverage: 5 }, false],
    ['the primary metric', { metrics: { ...onePage.metrics, primary: 'revenue' } }, false],
    ['the analysis', { analysis: { alpha: 0.1 } }, false],
  ])('after a change of %s', (_, change, same) => {
    expect(planHash(made('experiments', { ...onePage, ...change })) === hash).toBe(same);
  });
});
