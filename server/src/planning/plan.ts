import type { Plan, PlanBody } from '../contract/planning.ts';
import { reachOf, type TestLevel } from '../stats/power.ts';
import { increasingRoot } from '../stats/root.ts';
import {
  fixedTestPower,
  groupTestPower,
  sequenceTestPower,
  type TestPower,
} from '../stats/test-power.ts';
import { effectOf, type Effect } from './effect.ts';
import { trafficOf, type Traffic } from './traffic.ts';

const DEFAULT_LOOKS = 10;
const CURVE_POINTS = 41;
/** Longer than this and cookies churn, seasons turn and teams lose patience. */
const LONG_DAYS = 56;

/**
 * How many units a test needs, how long that takes, and what it can see: sample size per variant, duration in whole
 * weeks, power over lifts up to twice the planned one, smallest detectable lift by day. Throws `invalid`. Pure.
 */
export function plan(body: PlanBody): Plan {
  const effect = effectOf(body);
  const level = levelOf(body);
  const test = testOf(body, level);
  const distance = body.method === 'fixed' ? reachOf(level, body.power) : test.distance(body.power);
  const unitsPerVariant = unitsFor(effect, distance, body.variants);
  const total = unitsPerVariant.reduce((a, b) => a + b, 0);
  const traffic = trafficOf(body);
  const days = traffic?.wholeDaysFor(total);
  return {
    unitsPerVariant,
    total,
    ...(days === undefined ? {} : { days }),
    achievedPower: powerAt(effect, effect.size, { test, units: unitsPerVariant }),
    powerCurve: powerCurve(effect, { test, units: unitsPerVariant }),
    mdeByDay: traffic ? mdeByDay(effect, { test, traffic, body, days: days ?? 0 }) : [],
    inflation: (distance / reachOf(level, body.power)) ** 2,
    notes: notesOf(body, days),
  };
}

/** Alpha is shared out over the comparisons with the control; a margin is tested on one side. */
function levelOf({ alpha, alternative, margin, variants }: PlanBody): TestLevel {
  if (margin !== undefined) return { alpha, sides: 1 };
  return { alpha: alpha / (variants.length - 1), sides: alternative === 'two-sided' ? 2 : 1 };
}

function testOf({ method, looks }: PlanBody, level: TestLevel): TestPower {
  if (method === 'fixed') return fixedTestPower(level);
  return method === 'sequential'
    ? groupTestPower(level, looks ?? DEFAULT_LOOKS)
    : sequenceTestPower(level);
}

/** Whole units per variant, control first, so that the most demanding comparison has its precision. */
function unitsFor(effect: Effect, distance: number, weights: readonly number[]): number[] {
  const ratios = ratiosOf(weights);
  const perSize = (distance / effect.size) ** 2;
  const control = Math.max(
    ...ratios
      .slice(1)
      .map((r) => perSize * (effect.varianceControl + effect.varianceTreatment(effect.size) / r)),
  );
  return ratios.map((r) => Math.ceil(control * r));
}

function ratiosOf(weights: readonly number[]): number[] {
  return weights.map((w) => w / (weights[0] ?? 1));
}

interface Sized {
  readonly test: TestPower;
  /** Control first. */
  readonly units: readonly number[];
}

/** Power of the least powerful comparison for a true effect of that size. */
function powerAt(effect: Effect, size: number, { test, units }: Sized): number {
  return test.power(Math.abs(size) / largestError(effect, size, units));
}

function largestError(
  effect: Effect,
  size: number,
  [control, ...treatments]: readonly number[],
): number {
  const own = effect.varianceControl / (control ?? 0);
  const errors = treatments.map((n) => Math.sqrt(own + effect.varianceTreatment(size) / n));
  return Math.max(...errors);
}

/** `[relative lift, power]`; empty when the baseline is 0. */
function powerCurve(effect: Effect, sized: Sized): [number, number][] {
  if (effect.value === 0) return [];
  return Array.from({ length: CURVE_POINTS }, (_, i): [number, number] => {
    const size = (effect.size * 2 * i) / (CURVE_POINTS - 1);
    return [size / effect.value, powerAt(effect, size, sized)];
  }).filter(([lift]) => Math.abs(lift * effect.value) <= effect.limit);
}

/** `[day, relative lift]` at the end of every week of the run, eight weeks at least; days without enough units are left out. */
function mdeByDay(
  effect: Effect,
  run: { test: TestPower; traffic: Traffic; body: PlanBody; days: number },
): [number, number][] {
  if (effect.value === 0) return [];
  const distance = run.test.distance(run.body.power);
  const weeks = Math.ceil(Math.max(LONG_DAYS, Math.min(run.days, 7 * LONG_DAYS)) / 7);
  const weight = run.body.variants.reduce((a, b) => a + b, 0);
  return Array.from({ length: weeks }, (_, i) => (i + 1) * 7).flatMap((day): [number, number][] => {
    const total = run.traffic.unitsBy(day);
    const units = run.body.variants.map((w) => (total * w) / weight);
    const size = total > 0 ? detectable(effect, distance, units) : null;
    return size === null ? [] : [[day, (Math.sign(effect.size) * size) / effect.value]];
  });
}

/** Smallest absolute effect that lies `distance` standard errors from 0; null when none within range does. */
function detectable(effect: Effect, distance: number, units: readonly number[]): number | null {
  const sign = Math.sign(effect.size);
  const seen = (size: number): number => size / largestError(effect, sign * size, units);
  const limit = Math.min(
    effect.limit,
    2 * distance * largestError(effect, 0, units) + Math.abs(effect.size),
  );
  return seen(limit) < distance ? null : increasingRoot(seen, distance, [0, limit]);
}

function notesOf(body: PlanBody, days: number | null | undefined): string[] {
  return [
    ...(body.margin === undefined ? [] : ['margin_assumes_no_effect']),
    ...(body.margin === undefined && body.variants.length > 2 ? ['alpha_shared'] : []),
    ...(days === null ? ['traffic_never_reaches'] : []),
    ...(typeof days === 'number' && days > LONG_DAYS ? ['longer_than_eight_weeks'] : []),
  ];
}
