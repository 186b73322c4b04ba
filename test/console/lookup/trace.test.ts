import type { Explanation } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import {
  layerParts,
  scaledBucket,
  traceLines,
  type Names,
} from '@assay/console/features/lookup/trace';
import { createFormat } from '@assay/console/lib/format';
import { lookup as t } from '@assay/console/locales/en/lookup';

const names: Names = {
  environment: 'production',
  rule: (id) =>
    id === 'r2'
      ? { name: 'One-page checkout', experiment: true }
      : { name: 'QA team sees B', experiment: false },
  variant: (key) =>
    key === 'classic' ? { letter: 'A', color: 'var(--vA)' } : { letter: 'B', color: 'var(--vB)' },
};
const words = { t, format: createFormat('en'), names };
type Step = Explanation['steps'][number];
const step = (change: Partial<Step>): Step => ({
  kind: 'rule',
  id: 'r2',
  outcome: 'served',
  why: 'split',
  conditions: [],
  ...change,
});
const explanation = (...steps: Step[]): Explanation => ({
  flag: 'checkout',
  environment: 'production',
  version: 14,
  value: 'one_page',
  variant: 'one-page',
  reason: 'SPLIT',
  rule: 'r2',
  unit: { type: 'userId', id: 'u_83f123' },
  steps,
});
const split = {
  hash: 2_998_293_312,
  bucket: 1.3962,
  weights: [
    ['classic', 1],
    ['one-page', 1],
  ] as [string, number][],
  variant: 'one-page',
};
const told = (...steps: Step[]) =>
  traceLines(explanation(...steps), words).map((line) => [line.mark, line.title, line.tag]);

describe('traceLines', () => {
  it('tells the design’s story from top to bottom', () => {
    expect(
      told(
        step({ kind: 'on', id: 'on', outcome: 'passed', why: 'on' }),
        step({ id: 'qa', outcome: 'skipped', why: 'conditionFalse' }),
        step({
          holdout: { key: 'annual', bucket: 26_670, share: 5_000, heldOut: false },
          layer: { key: 'checkout', slot: 4_021, slots: [[0, 6_000]], owned: true },
          coverage: { bucket: 40_213, coverage: 100_000, enrolled: true },
          split,
        }),
        step({ kind: 'default', id: 'default', outcome: 'notReached', why: 'notReached' }),
      ),
    ).toEqual([
      ['yes', 'Flag is on in production', undefined],
      ['no', 'Rule 1 · “QA team sees B”', 'skipped'],
      ['yes', 'Rule 2 · experiment “One-page checkout”', 'matched'],
      ['yes', 'Not in the 5% holdout', undefined],
      ['yes', 'Layer “checkout”: this test owns 60%', undefined],
      ['yes', 'Split 50 / 50', undefined],
      ['skip', 'Default', 'not reached'],
    ]);
  });

  it.each([
    [
      'off',
      step({ kind: 'on', id: 'on', outcome: 'stopped', why: 'off' }),
      [['no', 'Flag is off in production', undefined]],
    ],
    [
      'a required flag stands otherwise',
      step({ kind: 'requires', id: 'base', outcome: 'stopped', why: 'requirementFailed' }),
      [['no', 'Requires flag “base”', 'stops here']],
    ],
    [
      'no unit to draw for',
      step({ outcome: 'skipped', why: 'unitMissing' }),
      [['no', 'Rule 1 · experiment “One-page checkout”', 'skipped']],
    ],
    [
      'held out',
      step({
        why: 'heldOut',
        holdout: { key: 'annual', bucket: 12, share: 5_000, heldOut: true },
      }),
      [
        ['yes', 'Rule 1 · experiment “One-page checkout”', 'matched'],
        ['no', 'In the 5% holdout: gets the control', undefined],
      ],
    ],
    [
      'another slot of the layer',
      step({
        outcome: 'skipped',
        why: 'slotNotOwned',
        layer: { key: 'checkout', slot: 7_000, slots: [[0, 6_000]], owned: false },
      }),
      [
        ['yes', 'Rule 1 · experiment “One-page checkout”', 'matched'],
        ['no', 'Layer “checkout”: outside the 60% that this test owns', undefined],
      ],
    ],
    [
      'not ramped yet',
      step({
        outcome: 'skipped',
        why: 'notCovered',
        coverage: { bucket: 40_213, coverage: 10_000, enrolled: false },
      }),
      [
        ['yes', 'Rule 1 · experiment “One-page checkout”', 'matched'],
        ['no', 'Not among the 10% that take part', undefined],
      ],
    ],
    [
      'a fixed variant',
      step({ id: 'qa', why: 'fixed' }),
      [['yes', 'Rule 1 · “QA team sees B”', 'serves']],
    ],
  ])('%s', (_, given, expected) => {
    expect(told(given)).toEqual(expected);
  });

  it('draws the split with the unit’s bucket', () => {
    const line = traceLines(explanation(step({ split })), words).at(-1);
    expect(line?.note).toBe('murmur3 = 2998293312; × 10,000 / 2³² → 6,981');
    expect(line?.bar).toMatchObject({
      bucket: 6_981,
      bucketName: '6,981',
      total: 10_000,
      parts: [
        { label: 'A · classic', from: 0, to: 5_000, color: 'var(--vA)' },
        { label: 'B · one-page', from: 5_000, to: 10_000, color: 'var(--vB)' },
      ],
      label: 'Bucket 6,981 of 10,000 falls into B · one-page',
    });
  });
});

describe('buckets', () => {
  it.each([
    [0, 2, 0],
    [1.3962, 2, 6_981],
    [1.9999999, 2, 9_999],
    [2, 2, 9_999],
  ])('%d of %d is %d of ten thousand', (bucket, total, expected) => {
    expect(scaledBucket(bucket, total)).toBe(expected);
  });

  it('cut a layer at its slots and gaps', () => {
    const slots = [
      [6_000, 7_000],
      [1_000, 2_000],
    ] as const;
    expect(layerParts(slots, 'mine', 'others').map((p) => [p.label, p.from, p.to])).toEqual([
      ['others', 0, 1_000],
      ['mine', 1_000, 2_000],
      ['others', 2_000, 6_000],
      ['mine', 6_000, 7_000],
      ['others', 7_000, 10_000],
    ]);
  });
});
