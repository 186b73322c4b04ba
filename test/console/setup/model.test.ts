import {
  allocate,
  closePlan,
  freeRanges,
  openPlan,
  rivals,
  rolesOf,
  shareOfSlots,
  sharesOf,
  takenSlots,
  type Slots,
} from '@assay/console/features/setup/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experiment } from '../experiments/sample.ts';

describe('a plan opened and closed again', () => {
  it('is what it was, audience, layer and holdouts included', () => {
    const stored = experiment({
      audience: { attr: 'country', op: 'in', value: ['CN'] },
      layer: { key: 'checkout', slots: [[0, 5_000]] },
      holdouts: ['h'],
      tags: ['x'],
    });
    expect(closePlan(stored, openPlan(stored))).toEqual(stored);
  });

  it('leaves out what was taken away', () => {
    const stored = experiment({
      layer: { key: 'l', slots: [[0, 1]] },
      holdouts: ['h'],
      audience: { segment: 's' },
    });
    const draft = openPlan(stored);
    const body = closePlan(stored, {
      ...draft,
      layer: undefined,
      holdouts: [],
      audience: { ...draft.audience, parts: [] },
    });
    expect(Object.keys(body)).not.toContain('layer');
    expect(Object.keys(body)).not.toContain('holdouts');
    expect(Object.keys(body)).not.toContain('audience');
  });
});

describe('room in a layer', () => {
  it.each<[Slots, number, Slots | null]>([
    [[], 1, [[0, 10_000]]],
    [[[0, 6_000]], 0.2, [[6_000, 8_000]]],
    [
      [
        [0, 2_000],
        [5_000, 7_000],
      ],
      0.5,
      [
        [2_000, 5_000],
        [7_000, 9_000],
      ],
    ],
    [[[0, 6_000]], 0.5, null],
    [[[0, 10_000]], 0.1, null],
    [[], 0, null],
  ])('beside %j, a share of %s takes %j', (taken, share, slots) => {
    expect(allocate(taken, share)).toEqual(slots);
  });

  it('taken and free never overlap and together are the whole', () => {
    const range = fc.tuple(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 0, max: 10_000 }),
    );
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (pairs) => {
        const taken = pairs.map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);
        const free = freeRanges(taken);
        const isTaken = (slot: number) => taken.some(([from, to]) => slot >= from && slot < to);
        const isFree = (slot: number) => free.some(([from, to]) => slot >= from && slot < to);
        for (let slot = 0; slot < 10_000; slot += 97) expect(isFree(slot)).toBe(!isTaken(slot));
      }),
    );
  });

  it('is held by other drafts and running tests, not by this one or by decided ones', () => {
    const inLayer = (key: string, status: 'draft' | 'running' | 'decided', from: number) =>
      experiment({ key, status, layer: { key: 'l', slots: [[from, from + 1_000]] } });
    const all = [
      inLayer('self', 'draft', 0),
      inLayer('a', 'running', 1_000),
      inLayer('b', 'draft', 2_000),
      inLayer('c', 'decided', 3_000),
    ];
    expect(takenSlots('l', all, 'self')).toEqual([
      [1_000, 2_000],
      [2_000, 3_000],
    ]);
    expect(shareOfSlots(takenSlots('l', all, 'self'))).toBe(0.2);
  });
});

it('gives a metric one role', () => {
  const draft = openPlan(
    experiment({
      metrics: { primary: 'p', secondary: ['s'], guardrails: [{ metric: 'g', margin: 0.05 }] },
    }),
  );
  expect([...rolesOf(draft)]).toEqual(['p', 's', 'g']);
});

it('names running tests on the same flag in the same environment as rivals', () => {
  const draft = openPlan(experiment({ key: 'self', status: 'draft' }));
  const all = [
    experiment({ key: 'self' }),
    experiment({ key: 'same' }),
    experiment({ key: 'decided', status: 'decided' }),
    experiment({ key: 'elsewhere', environment: 'staging' }),
    experiment({ key: 'other', flag: 'search' }),
  ];
  expect(rivals(draft, all, 'self').map(({ key }) => key)).toEqual(['same']);
});

it('turns weights into shares', () => {
  expect(sharesOf([{ weight: 1 }, { weight: 3 }])).toEqual([0.25, 0.75]);
  expect(sharesOf([{ weight: 0 }, { weight: 0 }])).toEqual([0, 0]);
});
