import { noncentralStudentSf } from './distributions/noncentral-t.ts';
import { studentIsf } from './distributions/student.ts';
import { reachOf, type TestLevel } from './power.ts';
import { increasingRoot } from './root.ts';

export interface StudentPlan extends TestLevel {
  /** Difference of means and common standard deviation, in one unit. */
  readonly effect: number;
  readonly sd: number;
  readonly control: number;
  readonly treatment: number;
}

/**
 * Exact power of the equal-variance t test, both tails; matters below about 30 units a variant.
 * @example studentPower({ effect: 0.5, sd: 1, control: 50, treatment: 50, alpha: 0.05, sides: 2 }) // 0.6968934055
 */
export function studentPower({
  alpha,
  sides,
  effect,
  sd,
  control,
  treatment,
}: StudentPlan): number {
  const df = control + treatment - 2;
  const delta = effect / (sd * Math.sqrt(1 / control + 1 / treatment));
  const critical = studentIsf(alpha / sides, df);
  const near = noncentralStudentSf(critical, df, delta);
  return sides === 2 ? near + noncentralStudentSf(critical, df, -delta) : near;
}

/**
 * Control units (not rounded) for which the exact power is as wanted.
 * @example studentUnits({ effect: 2, sd: 2, ratio: 1, power: 0.8, alpha: 0.05, sides: 2 }) // 16.71472245
 */
export function studentUnits(
  plan: Omit<StudentPlan, 'control' | 'treatment'> & {
    readonly ratio: number;
    readonly power: number;
  },
): number {
  const { ratio, power, effect, sd } = plan;
  const normal = (reachOf(plan, power) * sd) ** 2 * ((1 + 1 / ratio) / effect ** 2);
  const least = 2.0001 / (1 + ratio);
  return increasingRoot(
    (control) => studentPower({ ...plan, control, treatment: ratio * control }),
    power,
    [Math.max(least, normal * 0.9), Math.max(least, normal) + 10],
  );
}
