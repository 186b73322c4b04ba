import { describe, expect, it } from 'vitest';
import { plan as planSchema, planBody } from '@assay/server/contract/planning';
import { plan } from '@assay/server/planning/plan';

const made = (body: Readonly<Record<string, unknown>>) => plan(planBody.parse(body));
const conversion = { kind: 'proportion', baseline: { rate: 0.1 }, mde: { relative: 0.1 } };

describe('plan', () => {
  // Unpooled normal formula, 50-digit arithmetic (golden group 4).
  it.each([
    [{ rate: 0.1 }, { relative: 0.1 }, 14_749],
    [{ rate: 0.05 }, { absolute: 0.001 }, 752_700],
    [{ rate: 0.2 }, { absolute: -0.01 }, 24_638],
    [{ rate: 0.0001 }, { relative: 0.01 }, 1_577_466_272],
  ])('a share of %j with an effect of %j needs %i units a variant', (baseline, mde, units) => {
    const answer = made({ kind: 'proportion', baseline, mde });
    expect(planSchema.parse(answer)).toEqual(answer);
    for (const n of answer.unitsPerVariant) expect(Math.abs(n - units)).toBeLessThanOrEqual(1);
    expect(answer.achievedPower).toBeGreaterThanOrEqual(0.8);
    expect(answer.achievedPower).toBeLessThan(0.801);
  });

  it('takes a mean, one-sided, and an uneven split', () => {
    const answer = made({
      kind: 'mean',
      baseline: { mean: 20, variance: 196 },
      mde: { absolute: 0.5 },
      variants: [4, 1],
    });
    expect(answer.unitsPerVariant).toEqual([30_768, 7_692]);
    const oneSided = made({
      kind: 'mean',
      baseline: { mean: 20, variance: 1 },
      mde: { absolute: 0.02 },
      alternative: 'greater',
    });
    expect(oneSided.unitsPerVariant).toEqual([30_913, 30_913]);
  });

  it('shares alpha over several treatments', () => {
    const answer = made({
      ...conversion,
      baseline: { rate: 0.05 },
      mde: { relative: 0.05 },
      variants: [1, 1, 1, 1],
    });
    expect(answer.unitsPerVariant[0]).toBeCloseTo(162_889, -1);
    expect(answer.notes).toEqual(['alpha_shared']);
  });

  it('plans a guardrail by its margin, for no true effect', () => {
    const answer = made({
      kind: 'mean',
      baseline: { mean: 10, variance: 25 },
      mde: { relative: 0.05 },
      margin: 0.01,
    });
    expect(answer.unitsPerVariant).toEqual([30_913, 30_913]);
    expect(answer.notes).toEqual(['margin_assumes_no_effect']);
  });

  it('takes out what a covariate explains', () => {
    const body = {
      kind: 'ratio',
      baseline: {
        numerator: { mean: 2.5, variance: 30 },
        denominator: { mean: 1, variance: 0 },
        covariance: 0,
      },
      mde: { relative: 0.01 },
      power: 0.9,
    };
    expect(made({ ...body, cupedR2: 0.64 }).unitsPerVariant[0]).toBe(363_137);
    expect(made(body).unitsPerVariant[0]).toBeGreaterThan(1_000_000);
  });

  it('needs more units the more often it may be looked at', () => {
    // Inflation of O'Brien–Fleming spending at 5 and 10 looks, power 0.8: 1.025 and 1.038.
    expect(made({ ...conversion, method: 'sequential', looks: 5 }).inflation).toBeCloseTo(1.025, 3);
    expect(made({ ...conversion, method: 'sequential' }).inflation).toBeCloseTo(1.038, 3);
    const always = made({ ...conversion, method: 'confidenceSequence' });
    expect(always.inflation).toBeGreaterThan(1.8);
    expect(always.inflation).toBeLessThan(2.2);
  });

  it('draws power from alpha at no lift to the wanted power at the planned one', () => {
    const { powerCurve } = made(conversion);
    expect(powerCurve[0]?.[0]).toBe(0);
    expect(powerCurve[0]?.[1]).toBeCloseTo(0.05, 12);
    const planned = powerCurve.find(([lift]) => Math.abs(lift - 0.1) < 1e-9);
    expect(planned?.[1]).toBeCloseTo(0.8, 4);
  });

  it('counts days in whole weeks, with the time a window needs to pass', () => {
    expect(made({ ...conversion, unitsPerDay: 2_000 }).days).toBe(21);
    expect(made({ ...conversion, unitsPerDay: 2_000, maturationDays: 7 }).days).toBe(28);
    expect(made({ ...conversion, unitsPerDay: 1e6 }).days).toBe(7);
    expect('days' in made(conversion)).toBe(false);
  });

  it('follows the bend of a measured growth curve', () => {
    const bent = made({ ...conversion, growth: [4_000, 6_500, 8_200, 9_400, 10_300, 11_000] });
    const straight = made({ ...conversion, unitsPerDay: 4_000 });
    expect(bent.days).toBeGreaterThan(straight.days ?? 0);
    const flat = made({ ...conversion, growth: [4_000, 4_000, 4_000] });
    expect(flat.days).toBeNull();
    expect(flat.notes).toEqual(['traffic_never_reaches']);
  });

  it('shows a smaller detectable lift every week, the planned one when the units are in', () => {
    const { mdeByDay, total } = made({ ...conversion, unitsPerDay: 29_498 / 14 });
    expect(total).toBe(29_498);
    expect(mdeByDay.length).toBe(8);
    expect(mdeByDay.find(([day]) => day === 14)?.[1]).toBeCloseTo(0.1, 5);
    for (let i = 1; i < mdeByDay.length; i++)
      expect(mdeByDay[i]?.[1]).toBeLessThan(mdeByDay[i - 1]?.[1] ?? 0);
  });

  it.each([
    [{ kind: 'ratio', baseline: { rate: 0.1 }, mde: { relative: 0.1 } }, 'body.baseline'],
    [{ kind: 'mean', baseline: { mean: 0, variance: 1 }, mde: { relative: 0.1 } }, 'body.mde'],
    [{ kind: 'proportion', baseline: { rate: 0.9 }, mde: { relative: 0.5 } }, 'body.mde'],
  ])('refuses %j, naming %s', (body, path) => {
    expect(() => made(body)).toThrow(path);
  });
});
