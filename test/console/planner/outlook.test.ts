import type { Plan } from '@assay/server/contract';
import { describe, expect, it } from 'vitest';
import type { Inputs } from '@assay/console/features/planner/inputs';
import { bodyOf } from '@assay/console/features/planner/inputs';
import {
  gridCell,
  mdeByEnrolDay,
  outlookOf,
  unitsForLift,
} from '@assay/console/features/planner/outlook';
import { plan as serverPlan } from '@assay/server/planning/plan';

const growth = Array.from({ length: 28 }, (_, i) => 3_900 * (i + 1) - 26 * i * (i + 1));
const inputs: Inputs = {
  kind: 'proportion',
  baseline: { rate: 0.184 },
  value: 0.184,
  perDay: 3_900,
  growth,
  groups: 2,
  use: 1,
  lift: 0.06,
  alpha: 0.05,
  power: 0.8,
  look: 'once',
  mature: 7,
  cupedR2: null,
  measured: { baseline: true, perDay: true },
};
const planned = (change: Partial<Inputs> = {}): Plan => serverPlan(bodyOf(inputs, change)!);

describe('outlookOf', () => {
  const outlook = outlookOf(planned(), inputs);

  it('has the design’s plan: 19,780 per group, three weeks with a week to mature', () => {
    expect(outlook.perGroup).toBe(19_780);
    expect(outlook.days).toBe(21);
    expect(outlook.enrolDays).toBe(14);
  });
  it('has more power than asked for, because weeks are whole', () => {
    expect(outlook.reached).toBe(Math.floor(growth[13]! / 2));
    const exact = serverPlan({ ...bodyOf(inputs)!, power: 0.851 });
    expect(exact.unitsPerVariant[0]! - outlook.reached).toBeLessThan(400);
    expect(outlook.power).toBeCloseTo(0.85, 1);
  });
  it('agrees with the server about the power that more units bring', () => {
    // The power at which the server asks for just as many units as there will be.
    let [low, high] = [0.8, 0.999];
    for (let i = 0; i < 40; i += 1) {
      const power = (low + high) / 2;
      const units = serverPlan({ ...bodyOf(inputs)!, power }).unitsPerVariant[0]!;
      if (units < outlook.reached) low = power;
      else high = power;
    }
    expect(outlook.power).toBeCloseTo(low, 2);
  });
  it('asks for the plan itself where the traffic is unknown', () => {
    const blind = { ...inputs, growth: [] };
    const unknown = outlookOf(serverPlan(bodyOf(blind)!), blind);
    expect(unknown).toMatchObject({ days: undefined, enrolDays: null, reached: 19_780 });
    expect(unknown.power).toBeCloseTo(0.8, 3);
  });
  it('knows when it never gets there', () => {
    const stuck = { ...inputs, growth: [100, 120, 120, 120, 120, 120, 120, 120, 120, 120] };
    expect(outlookOf(serverPlan(bodyOf(stuck)!), stuck)).toMatchObject({
      days: null,
      enrolDays: null,
    });
  });
  it('turns a planned fall into sizes without signs', () => {
    const fall = outlookOf(planned({ lift: -0.06 }), { ...inputs, lift: -0.06 });
    expect(fall.curve.every(([lift]) => lift >= 0)).toBe(true);
    expect(fall.power).toBeGreaterThan(0.8);
  });
});

describe('mdeByEnrolDay', () => {
  const curve = mdeByEnrolDay(planned(), growth, 7);
  it('meets the server’s figure at whole weeks', () => {
    const server = planned().mdeByDay.find(([day]) => day === 21)!;
    expect(curve.find(([day]) => day === 14)![1]).toBeCloseTo(server[1], 10);
  });
  it('falls day by day', () => {
    const values = curve.map(([, mde]) => mde);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(new Set(values).size).toBe(values.length);
  });
  it('has no days before outcomes are known', () => {
    expect(mdeByEnrolDay({ ...planned(), mdeByDay: [[7, 0.1]] }, growth, 7)).toEqual([]);
  });
});

describe('the grid', () => {
  it.each([0.02, 0.03, 0.05, 0.08, 0.1, 0.15, -0.05])(
    'asks for as many units at %d as the server does',
    (lift) => {
      for (const change of [{ groups: 2 }, { groups: 4 }, { look: 'any' as const }]) {
        const reference = planned({ ...change, lift: 0.05 }).unitsPerVariant[0]!;
        const own = unitsForLift(reference, inputs, { from: 0.05, to: lift });
        const server = planned({ ...change, lift }).unitsPerVariant[0]!;
        expect(Math.abs(own - server) / server).toBeLessThan(0.001);
      }
    },
  );
  it.each([
    [{ lift: 0.06, groups: 2, use: 1 }, 'near'],
    [{ lift: 0.06, groups: 2, use: 0.5 }, 'middle'],
    [{ lift: 0.04, groups: 2, use: 0.5 }, 'far'],
    [{ lift: 0.02, groups: 2, use: 0.5 }, 'out'],
  ] as const)('%o is %s, in the weeks that the server plans', (wish, reach) => {
    const reference = { perGroup: planned({ lift: 0.05 }).unitsPerVariant[0]!, lift: 0.05 };
    const cell = gridCell(inputs, reference, wish);
    const server = planned({ ...wish, growth: growth.map((n) => n * wish.use) });
    expect((cell.weeks ?? 0) * 7).toBe(server.days);
    expect(cell.reach).toBe(reach);
  });
});
