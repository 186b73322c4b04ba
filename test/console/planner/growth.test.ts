import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, scaled, unitsBy, weeksFor } from '@assay/console/features/planner/growth';
import * as server from '@assay/server/stats/duration';

const curve = [100, 140, 160];

describe('growth', () => {
  it.each([
    [0, 0],
    [0.5, 50],
    [1, 100],
    [2.5, 150],
    [3, 160],
    [4, 190],
  ])('after %d days there are %d units', (day, units) => {
    expect(unitsBy(day, curve)).toBe(units);
  });
  it.each([
    [150, 2.5],
    [100, 1],
    [190, 4],
  ])('%d units are there on day %d', (units, day) => {
    expect(dayOf(units, curve)).toBe(day);
  });
  it('never gets there when nobody new comes', () => {
    expect(dayOf(200, [100, 100, 100])).toBeNull();
    expect(dayOf(200, [])).toBeNull();
  });
  it.each([
    [100, 0, 1],
    [700, 0, 3],
    [100, 7, 2],
  ])('%d units with %d days to mature take %d weeks', (units, mature, weeks) => {
    expect(weeksFor(units, curve, mature)).toBe(weeks);
  });
  it('halves with half of the traffic', () => {
    expect(scaled(curve, 0.5)).toEqual([50, 70, 80]);
  });

  it('counts days as the server does', () => {
    const increments = fc.array(fc.integer({ min: 1, max: 5_000 }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(increments, fc.integer({ min: 1, max: 400_000 }), (steps, units) => {
        let sum = 0;
        const growth = steps.map((step) => (sum += step));
        expect(dayOf(units, growth)).toBe(server.dayOf(units, growth));
        expect(unitsBy(units / 1_000, growth)).toBe(server.unitsBy(units / 1_000, growth));
        const day = server.dayOf(units, growth);
        expect((weeksFor(units, growth, 3) ?? 0) * 7).toBe(server.wholeDays((day ?? 0) + 3));
      }),
    );
  });
});
