import { describe, expect, it } from 'vitest';
import {
  differenceText,
  harmEdge,
  lineTone,
  liftError,
  outOf,
  spansOf,
  toneOf,
  valueText,
} from '@assay/console/features/readout/figures';
import { createFormat } from '@assay/console/lib/format';
import { metric, result } from './sample.ts';

const en = createFormat('en');
const zh = createFormat('zh-CN');
const revenue = { kind: 'mean', unitOfMeasure: '¥' } as const;
const load = { kind: 'quantile', unitOfMeasure: 'ms' } as const;

describe('values', () => {
  it.each([
    [{ kind: 'proportion' } as const, 0.12407, '12.41%'],
    [revenue, 23.84, '¥23.84'],
    [load, 1842.3, '1,842 ms'],
    [{ kind: 'ratio' } as const, null, '–'],
  ])('%o of %d is %s', (kind, value, expected) => {
    expect(valueText(en, kind, value)).toBe(expected);
  });

  it.each([
    [{ kind: 'proportion' } as const, { n: 48_210, total: 5_983 }, '5,983 / 48.2k'],
    [revenue, { n: 48_210, total: 1_149_326 }, '¥1.15M'],
    [load, { n: 1_900_000, total: null }, '1.90M'],
    [{ kind: 'retention' } as const, { n: 0, total: 0 }, '0 / 0'],
  ])('%o is out of %o: %s', (kind, of, expected) => {
    expect(outOf(en, kind, of)).toBe(expected);
  });
});

describe('differenceText', () => {
  it.each([
    ['relative', metric(), { main: '+7.5%', range: '[+2.0, +12.9]' }],
    ['absolute', metric(), { main: '+0.93 pp', range: '[+0.25, +1.61]' }],
    ['absolute', revenue, { main: '+¥0.0093', range: '[+0.0025, +0.016]' }],
    ['total', metric(), { main: '+450', range: '[+121, +779]' }],
  ] as const)('%s of %o', (diff, kind, expected) => {
    expect(differenceText(en, kind, result(), diff)).toEqual(expected);
  });

  it('says percentage points in Chinese, once', () => {
    expect(differenceText(zh, metric(), result(), 'absolute')).toEqual({
      main: '+0.93 个百分点',
      range: '[+0.25, +1.61]',
    });
  });

  it.each(['ratio', 'quantile'] as const)('has no total of a %s', (kind) => {
    expect(differenceText(en, { kind }, result(), 'total')).toEqual({ main: '–', range: '' });
  });

  it('is empty without a lift', () => {
    expect(differenceText(en, metric(), result({ relative: null }), 'relative')).toEqual({
      main: '–',
      range: '',
    });
  });
});

describe('colours', () => {
  it.each([
    ['better', 'win', 'win'],
    ['improved', 'win', 'win'],
    ['worse', 'lose', 'lose'],
    ['harmed', 'lose', 'lose'],
    ['neutral', 'neutral', 'neutral'],
    ['safe', 'neutral', 'neutral'],
    ['not_proven', 'warn', 'neutral'],
    ['insufficient', 'insufficient', 'neutral'],
  ] as const)('%s is %s, as a line %s', (status, tone, line) => {
    expect(toneOf({ status })).toBe(tone);
    expect(lineTone({ status })).toBe(line);
  });
});

describe('intervals', () => {
  it('come widest first', () => {
    expect(spansOf(result()).map((span) => span.low)).toEqual([0.0199, 0.039, 0.056]);
    expect(spansOf(result({ inner: null }))).toHaveLength(1);
    expect(spansOf(result({ relative: null, inner: null }))).toEqual([]);
  });
  it.each([
    ['up', 0.02, -0.02],
    ['down', 0.02, 0.02],
  ] as const)('%s is good: harm beyond %d lies at %d', (direction, margin, expected) => {
    expect(harmEdge({ direction, margin })).toBe(expected);
  });
  it('have no edge of harm without a margin', () => {
    expect(harmEdge(metric())).toBeUndefined();
  });
});

describe('liftError', () => {
  it('is that of the delta method for equal variances', () => {
    // control 0.1241, lift 0.0746: sqrt((1 + 1.0746²)/2) · 0.00218 / 0.12466
    const error = liftError(result(), 0.1241);
    expect(error).toBeCloseTo(0.018152, 5);
  });
  it('is null where the lift is', () => {
    expect(liftError(result({ relative: null }), 0.1241)).toBeNull();
    expect(liftError(result({ standardError: null }), 0.1241)).toBeNull();
    expect(liftError(result({ standardError: 0 }), 0.1241)).toBeNull();
  });
});
