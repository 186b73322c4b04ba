import type { Baseline, Metric } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  inputsOf,
  isPlannable,
  largestLift,
  maturationOf,
  varianceAt,
} from '@assay/console/features/planner/inputs';

const stored = {
  revision: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: 'x',
  archived: false,
};
const shared = {
  key: 'm',
  description: '',
  owner: '',
  tags: [],
  direction: 'up' as const,
  prePeriodDays: 14,
  ...stored,
};
const repeat: Metric = {
  ...shared,
  kind: 'proportion',
  event: 'order_paid',
  window: { days: 7 },
};
const revenue: Metric = { ...shared, kind: 'mean', event: 'order_paid', value: 'value' };
function baseline(change: Partial<Baseline> = {}): Baseline {
  return {
    metric: 'm',
    kind: 'proportion',
    units: 108_230,
    rate: 0.184,
    mean: null,
    variance: 0.15,
    ratio: null,
    standardError: 0.00118,
    unitsPerDay: 3_900,
    growth: [3_900, 7_500, 11_000],
    cupedR2: null,
    from: '',
    to: '',
    notes: [],
    ...change,
  };
}

describe('inputsOf', () => {
  it('starts from what was measured', () => {
    expect(inputsOf({}, repeat, baseline())).toMatchObject({
      kind: 'proportion',
      baseline: { rate: 0.184 },
      value: 0.184,
      perDay: 3_900,
      growth: [3_900, 7_500, 11_000],
      groups: 2,
      lift: 0.05,
      alpha: 0.05,
      power: 0.8,
      look: 'once',
      mature: 7,
      measured: { baseline: true, perDay: true },
    });
  });

  it('prefers what was typed, and says so', () => {
    const inputs = inputsOf({ rate: 0.3, perDay: 100, use: 0.5 }, repeat, baseline());
    expect(inputs.baseline).toEqual({ rate: 0.3 });
    expect(inputs.growth).toEqual([50]);
    expect(inputs.measured).toEqual({ baseline: false, perDay: false });
  });

  it('waits for the baseline of a metric, and has one without a metric', () => {
    expect(inputsOf({}, repeat, undefined).baseline).toBeNull();
    expect(bodyOf(inputsOf({}, repeat, undefined))).toBeNull();
    expect(inputsOf({}, undefined, undefined)).toMatchObject({
      baseline: { rate: 0.1 },
      perDay: 1_000,
    });
    expect(inputsOf({ kind: 'mean' }, undefined, undefined).baseline).toEqual({
      mean: 100,
      variance: 10_000,
    });
  });

  it('plans a fall for a metric that should fall', () => {
    expect(inputsOf({ lift: 0.1 }, { ...repeat, direction: 'down' }, baseline()).lift).toBe(-0.1);
  });

  it.each([
    [{ groups: 1 }, 'groups', 2],
    [{ groups: 99 }, 'groups', 20],
    [{ alpha: 2 }, 'alpha', 0.5],
    [{ power: 0 }, 'power', 0.05],
    [{ lift: -3 }, 'lift', 0.001],
    [{ mature: Number.NaN }, 'mature', 7],
  ] as const)('%o is brought to %s %d', (search, name, expected) => {
    expect(inputsOf(search, repeat, baseline())[name]).toBe(expected);
  });

  it.each([
    ['nobody converted', { rate: 0 }],
    ['everybody converted', { rate: 1 }],
    ['a mean of 0', { rate: null, mean: 0, variance: 4 }],
    ['a mean without variation', { rate: null, mean: 3, variance: 0 }],
  ])('has no baseline when %s', (_, change) => {
    expect(inputsOf({}, revenue, baseline(change)).baseline).toBeNull();
  });

  it('leaves out a covariate that explains next to nothing', () => {
    expect(inputsOf({}, revenue, baseline({ cupedR2: 0.31 })).cupedR2).toBe(0.31);
    expect(inputsOf({}, revenue, baseline({ cupedR2: 0.004 })).cupedR2).toBeNull();
    expect(inputsOf({ cuped: 'off' }, revenue, baseline({ cupedR2: 0.31 })).cupedR2).toBeNull();
  });
});

describe('bodyOf', () => {
  it('is what the server asks for', () => {
    expect(bodyOf(inputsOf({ look: 'any', groups: 3 }, repeat, baseline()))).toEqual({
      kind: 'proportion',
      baseline: { rate: 0.184 },
      mde: { relative: 0.05 },
      alpha: 0.05,
      power: 0.8,
      variants: [1, 1, 1],
      alternative: 'two-sided',
      method: 'sequential',
      maturationDays: 7,
      growth: [3_900, 7_500, 11_000],
    });
  });
  it('sends a steady rate as such', () => {
    const body = bodyOf(inputsOf({ perDay: 500 }, repeat, baseline()));
    expect(body).toMatchObject({ unitsPerDay: 500 });
    expect(body).not.toHaveProperty('growth');
  });
  it('is nothing for a lift beyond 100 %', () => {
    const inputs = inputsOf({ rate: 0.95, lift: 0.06 }, repeat, undefined);
    expect(largestLift(inputs)).toBeCloseTo(0.052632, 6);
    expect(bodyOf(inputs)).toBeNull();
  });
});

describe('metrics', () => {
  it.each([
    ['a window', repeat, 7],
    ['a window after a delay', { ...repeat, delay: { hours: 36 } }, 9],
    ['none', revenue, 0],
    ['a return', { ...shared, kind: 'retention', event: 'open', fromDay: 7, toDay: 8 }, 8],
  ] as const)('mature after %s', (_, metric, days) => {
    expect(maturationOf(metric)).toBe(days);
  });
  it('are planned for unless they are quantiles', () => {
    expect(isPlannable(repeat)).toBe(true);
    expect(
      isPlannable({ ...shared, kind: 'quantile', event: 'load', value: 'value', q: 0.95 }),
    ).toBe(false);
  });
  it('vary with their rate', () => {
    const inputs = inputsOf({}, repeat, baseline());
    expect(varianceAt(inputs, 0)).toBeCloseTo(0.150144, 9);
    expect(varianceAt(inputs, 0.06)).toBeCloseTo(0.19504 * 0.80496, 9);
  });
});
