import type { PlanBody } from '../contract/planning.ts';
import { AppError } from '../errors.ts';
import { normalPower, type TestLevel } from '../stats/power.ts';
import { arcsineUnits, pooledPower, pooledUnits } from '../stats/power-proportions.ts';
import { studentPower, studentUnits } from '../stats/power-t.ts';
import { fixedTestPower, type TestPower } from '../stats/test-power.ts';
import type { Effect } from './effect.ts';

export interface PlannedPower extends TestPower {
  /** Where power is not a matter of standard errors alone. */
  readonly exactPower?: (size: number, units: readonly number[]) => number;
}

interface Asked {
  readonly effect: Effect;
  readonly level: TestLevel;
  readonly power: number;
  /** Treatment units per control unit. */
  readonly ratio: number;
}

/** The test as it is, but for the far tail where it is left out. */
export function plainTest(test: TestPower, body: PlanBody, level: TestLevel): PlannedPower {
  const near = nearTail(body, level);
  if (near === level || body.method !== 'fixed') return test;
  return { ...test, power: (distance) => normalPower(distance, near) };
}

function nearTail({ farTail }: PlanBody, level: TestLevel): TestLevel {
  return farTail === false && level.sides === 2 ? { alpha: level.alpha / 2, sides: 1 } : level;
}

/**
 * Tests of their own arithmetic: pooled and arcsine for two equal shares, exact t for two means of one variance; with the
 * control units (not rounded) that they need. Undefined for the unpooled z test. Throws `invalid` where they do not fit.
 */
export function specialTest(
  body: PlanBody,
  asked: Asked,
): (PlannedPower & { readonly units: number | null }) | undefined {
  const { test } = body;
  if (test === undefined || test === 'unpooled') return undefined;
  if (body.method !== 'fixed' || body.margin !== undefined)
    throw invalid('body.test', `${test} goes with method fixed and no margin`);
  if ((body.units ?? body.variants).length !== 2)
    throw invalid('body.test', `${test} compares two variants`);
  const own = test === 't' ? student(body, asked) : ofShares(test, body, asked);
  const sized = Number.isFinite(asked.effect.size) && asked.effect.size !== 0;
  return {
    ...fixedTestPower(asked.level),
    exactPower: own.power,
    units: sized && body.units === undefined ? own.units() : null,
  };
}

interface Own {
  readonly units: () => number;
  readonly power: (size: number, units: readonly number[]) => number;
}

function student(body: PlanBody, { effect, level, power, ratio }: Asked): Own {
  if ('rate' in body.baseline || body.kind === 'ratio')
    throw invalid('body.test', 't needs a mean with its variance');
  const sd = Math.sqrt(effect.varianceControl);
  const near = nearTail(body, level);
  return {
    units: () => studentUnits({ ...level, sd, ratio, power, effect: Math.abs(effect.size) }),
    power: (size, [control = 0, treatment = 0]) =>
      studentPower({ ...near, sd, control, treatment, effect: Math.abs(size) }),
  };
}

function ofShares(
  test: 'pooled' | 'arcsine',
  body: PlanBody,
  { effect, level, power, ratio }: Asked,
): Own {
  if (!('rate' in body.baseline)) throw invalid('body.test', `${test} needs a rate`);
  if (ratio !== 1) throw invalid('body.test', `${test} needs variants of equal size`);
  const at = (size: number) => ({ control: effect.value, treatment: effect.value + size });
  if (test === 'pooled')
    return {
      units: () => pooledUnits(at(effect.size), level, power),
      power: (size, [n = 0]) => pooledPower(at(size), level, n),
    };
  return {
    units: () => arcsineUnits(at(effect.size), level, power),
    power: (size, [n = 0]) => {
      const { control, treatment } = at(size);
      const h = 2 * Math.asin(Math.sqrt(treatment)) - 2 * Math.asin(Math.sqrt(control));
      return normalPower(Math.abs(h) * Math.sqrt(n / 2), nearTail(body, level));
    },
  };
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid', `${path}: ${message}.`, { errors: [{ path, message }] });
}
