import { describe, expect, it } from 'vitest';
import { groupReference } from '@assay/server/stats/group-reference';

const method = { kind: 'groupSequential', looks: [0.2, 0.4], direction: 'up' } as const;
const options = { method, alpha: 0.05, alternative: 'two-sided', df: Infinity } as const;

describe('groupReference', () => {
  it('wins by O’Brien–Fleming and stops harm by Pocock', () => {
    const { reach } = groupReference(options).reference;
    expect(reach.below).toBeCloseTo(3.357, 3);
    expect(reach.above).toBeCloseTo(2.4268, 3);
    const down = groupReference({ ...options, method: { ...method, direction: 'down' } }).reference;
    expect(down.reach).toEqual({ below: reach.above, above: reach.below });
  });

  it('p falls to alpha exactly where an interval leaves 0 out', () => {
    const { reach, lnP } = groupReference(options).reference;
    expect(Math.exp(lnP(reach.below))).toBeCloseTo(0.05, 10);
    expect(Math.exp(lnP(-reach.above))).toBeCloseTo(0.05, 10);
    expect(Math.exp(lnP(0))).toBe(1);
  });

  it('looks one way only when asked to', () => {
    const { reach } = groupReference({
      ...options,
      alpha: 0.025,
      alternative: 'greater',
    }).reference;
    expect(reach.below).toBeCloseTo(3.357, 3);
    expect(reach.above).toBe(Infinity);
  });

  it('reaches farther by Student’s t when units are few', () => {
    const few = groupReference({ ...options, df: 10 }).reference;
    const many = groupReference(options).reference;
    expect(few.reach.below).toBeGreaterThan(many.reach.below);
    expect(Math.exp(few.lnP(few.reach.below))).toBeCloseTo(0.05, 8);
  });

  it('says when the planned end is reached', () => {
    expect(groupReference(options).note).toBeUndefined();
    const ended = { ...method, looks: [0.5, 1.02] };
    expect(groupReference({ ...options, method: ended }).note).toBe('planned_end');
  });

  it('gives the bounds of 28 looks in well under half a second, and at once the second time', () => {
    const looks = Array.from({ length: 28 }, (_, k) => (k + 1) / 28.5);
    const daily = { ...options, method: { ...method, looks } };
    const first = timed(() => groupReference(daily).reference.lnP(2));
    const second = timed(() => groupReference(daily).reference.lnP(2));
    expect(first).toBeLessThan(500);
    expect(second).toBeLessThan(5);
  });
});

/** Processor time, which other work on the machine does not touch. */
function timed(run: () => unknown): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
