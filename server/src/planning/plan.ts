import type { Plan, PlanBody } from '../contract/planning.ts';
import { AppError } from '../errors.ts';
import { tuning } from '../stats/confidence-sequence.ts';
import { normalSf } from '../stats/distributions/normal.ts';
import { dunnettCritical } from '../stats/multiplicity.ts';
import { bestControlShare, reachOf, type TestLevel } from '../stats/power.ts';
import { sequenceUnits } from '../stats/power-sequence.ts';
import { increasingRoot } from '../stats/root.ts';
import {
  fixedTestPower,
  groupTestPower,
  sequenceTestPower,
  type TestPower,
} from '../stats/test-power.ts';
import { finite } from './compare/drawn.ts';
import { effectOf, type Effect } from './effect.ts';
import { plainTest, type PlannedPower, specialTest } from './special-test.ts';
import { trafficOf, type Traffic } from './traffic.ts';

/** Planned looks of a group sequential test unless said. */
export const DEFAULT_LOOKS = 10;
const CURVE_POINTS = 41;
/** Longer than this and cookies churn, seasons turn and teams lose patience. */
const LONG_DAYS = 56;

/**
 * How many units a test needs, how long that takes, and what it can see: sample size per variant, duration in whole
 * weeks, power over lifts up to twice the planned one, smallest detectable lift by day. Throws `invalid`. Pure.
 */
export function plan(body: PlanBody): Plan {
  const { effect, units, exact, inflation, test, level } = designOf(body);
  const total = sum(units);
  const traffic = trafficOf(body);
  const days = traffic?.wholeDaysFor(total);
  const sized = { test, units };
  const achievedPower = powerAt(effect, effect.size, sized);
  if (![effect.value, effect.size, total, inflation, achievedPower].every(Number.isFinite))
    throw invalid('body.baseline', 'these figures lead beyond the range of numbers');
  return {
    unitsPerVariant: units,
    total,
    ...(traffic === undefined
      ? {}
      : { days: days ?? null, rawDays: finite(traffic.daysFor(total)) }),
    achievedPower,
    powerCurve: powerCurve(effect, sized),
    mdeByDay: traffic ? mdeByDay(effect, { test, traffic, body, days: days ?? 0 }) : [],
    exact,
    exactTotal: sum(exact),
    fixedTotal: sum(exact) / inflation,
    mde: mdeOf(body, effect, sized),
    alphaEach: level.alpha,
    bestControlShare: bestControlShare(units.length - 1),
    ...(body.method === 'confidenceSequence' ? { rho2: rho2Of(body, level, sum(exact)) } : {}),
    inflation,
    notes: notesOf(body, days),
  };
}

/** A plan's body with everything that follows from it alone. */
export interface PlannedTest {
  readonly effect: Effect;
  readonly level: TestLevel;
  readonly test: PlannedPower;
  /** Whole units per variant, control first. */
  readonly units: number[];
  readonly exact: number[];
  readonly inflation: number;
}

/** Sizes a plan, or takes the units that it gives. Throws `invalid`. Pure. */
export function designOf(body: PlanBody): PlannedTest {
  const wanted = effectOf(body);
  const level = levelOf(body);
  const { units: given } = body;
  const ratios = ratiosOf(given ?? body.variants);
  const power = powerEach(body);
  const special = specialTest(body, { effect: wanted, level, power, ratio: ratios[1] ?? 1 });
  if (given !== undefined) {
    const test = special ?? plainTest(testOf(body, level, { total: sum(given) }), body, level);
    const size = Number.isNaN(wanted.size)
      ? foundBy(body, wanted, { test, units: given })
      : wanted.size;
    const effect = { ...wanted, size };
    return { effect, level, test, units: [...given], exact: [...given], inflation: 1 };
  }
  const fixed = exactUnits(wanted, reachOf(level, power), ratios);
  const first = special?.units ?? null;
  const distance =
    body.method === 'fixed' ? reachOf(level, power) : distanceOf(body, { level, power, fixed });
  const exact =
    first === null ? exactUnits(wanted, distance, ratios) : ratios.map((r) => first * r);
  const test = special ?? plainTest(testOf(body, level, { total: sum(exact) }), body, level);
  const inflation = first === null ? (distance / reachOf(level, power)) ** 2 : 1;
  return { effect: wanted, level, test, units: exact.map(Math.ceil), exact, inflation };
}

/** With several tests that must all succeed, each has its part of what may fail. */
function powerEach({ power, jointTests }: PlanBody): number {
  return 1 - (1 - power) / (jointTests ?? 1);
}

/** Alpha is shared out over the comparisons with the control; a margin is tested on one side. */
function levelOf(body: PlanBody): TestLevel {
  const { alpha, alternative, margin } = body;
  if (margin !== undefined) return { alpha, sides: 1 };
  const sides = alternative === 'two-sided' ? 2 : 1;
  return { alpha: alphaEach(body, sides), sides };
}

function alphaEach(body: PlanBody, sides: 1 | 2): number {
  const treatments = (body.units ?? body.variants).length - 1;
  if (body.correction === 'none') return body.alpha;
  if (body.correction === 'dunnett')
    return sides * normalSf(dunnettCritical(treatments, body.alpha, sides));
  return body.alpha / (body.comparisons ?? treatments);
}

function testOf(
  { method, looks, tunedTo }: PlanBody,
  level: TestLevel,
  { total }: { readonly total: number },
): TestPower {
  if (method === 'fixed') return fixedTestPower(level);
  if (method === 'sequential') return groupTestPower(level, looks ?? DEFAULT_LOOKS);
  return tunedTo === undefined
    ? sequenceTestPower(level)
    : sequenceTestPower(level, total * rho2At(level, tunedTo));
}

/** Standard errors that the effect must lie from 0 for the power, where the test may be looked at before its end. */
function distanceOf(
  body: PlanBody,
  {
    level,
    power,
    fixed,
  }: { readonly level: TestLevel; readonly power: number; readonly fixed: readonly number[] },
): number {
  const { method, tunedTo } = body;
  if (method !== 'confidenceSequence' || tunedTo === undefined)
    return testOf(body, level, { total: 0 }).distance(power);
  // One unit of all adds so much to 1/SE² that the fixed test's total has its reach.
  const information = reachOf(level, power) ** 2 / sum(fixed);
  const { inflation } = sequenceUnits({ effect: 1, information }, { ...level, power, tunedTo });
  return reachOf(level, power) * Math.sqrt(inflation);
}

function rho2Of({ tunedTo }: PlanBody, level: TestLevel, total: number): number {
  return rho2At(level, tunedTo ?? total / 2);
}

function rho2At({ alpha, sides }: TestLevel, tunedTo: number): number {
  return tuning(sides === 2 ? alpha : 2 * alpha, tunedTo);
}

/** Units per variant (not rounded), control first, so that the most demanding comparison has its precision. */
function exactUnits(effect: Effect, distance: number, ratios: readonly number[]): number[] {
  const perSize = (distance / effect.size) ** 2;
  const control = Math.max(
    ...ratios
      .slice(1)
      .map((r) => perSize * (effect.varianceControl + effect.varianceTreatment(effect.size) / r)),
  );
  return ratios.map((r) => control * r);
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function ratiosOf(weights: readonly number[]): number[] {
  return weights.map((w) => w / (weights[0] ?? 1));
}

interface Sized {
  readonly test: PlannedPower;
  /** Control first. */
  readonly units: readonly number[];
}

/** Power of the least powerful comparison for a true effect of that size. */
function powerAt(effect: Effect, size: number, { test, units }: Sized): number {
  return test.exactPower === undefined
    ? test.power(Math.abs(size) / largestError(effect, size, units))
    : test.exactPower(size, units);
}

/** Standard error of the least precise comparison. */
export function largestError(
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
  }).filter(
    ([lift, power]) =>
      Math.abs(lift * effect.value) <= effect.limit &&
      Number.isFinite(lift) &&
      Number.isFinite(power),
  );
}

/** `[day, relative lift]` at the end of every week of the run, eight weeks at least; days without enough units are left out. */
function mdeByDay(
  effect: Effect,
  run: { test: PlannedPower; traffic: Traffic; body: PlanBody; days: number },
): [number, number][] {
  if (effect.value === 0) return [];
  const distance = run.test.distance(run.body.power);
  const weeks = Math.ceil(Math.max(LONG_DAYS, Math.min(run.days, 7 * LONG_DAYS)) / 7);
  const weight = run.body.variants.reduce((a, b) => a + b, 0);
  return Array.from({ length: weeks }, (_, i) => (i + 1) * 7).flatMap((day): [number, number][] => {
    const total = run.traffic.unitsBy(day);
    const units = run.body.variants.map((w) => (total * w) / weight);
    const size = total > 0 ? detectable(effect, distance, units) : null;
    const lift = size === null ? null : finite((Math.sign(effect.size) * size) / effect.value);
    return lift === null ? [] : [[day, lift]];
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

/** Smallest effect that given units find, signed as the plan looks for it. */
function foundBy(body: PlanBody, effect: Effect, sized: Sized): number {
  const { absolute } = mdeOf(body, effect, sized);
  if (absolute !== null) return absolute;
  throw invalid('body.units', 'so few units find no effect there can be');
}

function mdeOf(body: PlanBody, effect: Effect, { test, units }: Sized): Plan['mde'] {
  const power = powerEach(body);
  const level = levelOf(body);
  const sign = Number.isNaN(effect.size)
    ? body.alternative === 'less'
      ? -1
      : 1
    : Math.sign(effect.size) || 1;
  // A share's variance follows the effect, so it is solved for with both tails; the rest has a closed form.
  const closed = body.method === 'fixed' ? reachOf(level, power) : test.distance(power);
  const distance = 'rate' in body.baseline ? test.distance(power) : closed;
  const found = detectable(
    { ...effect, size: sign * (Math.abs(effect.size) || 1e-9) },
    distance,
    units,
  );
  const atBaseline =
    closed * largestError({ ...effect, varianceTreatment: () => effect.varianceControl }, 0, units);
  return {
    absolute: found === null ? null : finite(sign * found),
    relative: found === null || effect.value === 0 ? null : finite((sign * found) / effect.value),
    absoluteAtBaseline: finite(sign * atBaseline),
  };
}

function notesOf(body: PlanBody, days: number | null | undefined): string[] {
  return [
    ...(body.margin === undefined ? [] : ['margin_assumes_no_effect']),
    ...(body.margin === undefined && (body.units ?? body.variants).length > 2
      ? ['alpha_shared']
      : []),
    ...(days === null ? ['traffic_never_reaches'] : []),
    ...(typeof days === 'number' && days > LONG_DAYS ? ['longer_than_eight_weeks'] : []),
  ];
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid', `${path}: ${message}.`, { errors: [{ path, message }] });
}
