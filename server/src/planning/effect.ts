import type { PlanBody } from '../contract/planning.ts';
import { AppError } from '../errors.ts';
import { bernoulli } from '../stats/power-proportions.ts';

/** What is planned for: where the control stands, and what a unit's value varies by, with and without an effect. */
export interface Effect {
  readonly value: number;
  /** Absolute, signed; for a guardrail the margin in the direction that counts as harm avoided. */
  readonly size: number;
  readonly varianceControl: number;
  readonly varianceTreatment: (size: number) => number;
  /** Largest absolute effect there can be in the planned direction: a share ends at 0 and 1. */
  readonly limit: number;
}

/** The effect of a plan's body. Throws `invalid` where kind and baseline disagree, or an effect leaves its range. */
export function effectOf(body: PlanBody): Effect {
  const model = modelOf(body);
  const left = 1 - (body.cupedR2 ?? 0);
  const size = sizeOf(body, model.value);
  const effect = {
    value: model.value,
    size,
    limit: model.limit(Math.sign(size)),
    varianceControl: model.variance(0) * left,
    varianceTreatment: (by: number) => model.variance(by) * left,
  };
  if (size === 0 && body.units === undefined)
    throw invalid('body.mde', 'an effect of 0 needs no units: give one to find, or the units');
  if (!(Math.abs(size) > effect.limit)) return effect;
  throw invalid('body.mde', `an effect of ${size} on ${model.value} leaves the range from 0 to 1`);
}

interface Model {
  readonly value: number;
  readonly variance: (effect: number) => number;
  readonly limit: (sign: number) => number;
}

function modelOf({ kind, baseline, margin }: PlanBody): Model {
  if ('rate' in baseline) {
    if (kind === 'ratio')
      throw invalid('body.baseline', 'a ratio needs numerator, denominator, covariance');
    const { rate } = baseline;
    // A guardrail is planned for no true effect: both variants vary as the control does.
    const moves = margin === undefined ? 1 : 0;
    return {
      value: rate,
      variance: (effect) => bernoulli(Math.min(1, Math.max(0, rate + moves * effect))),
      limit: (sign) => (sign > 0 ? 1 - rate : rate),
    };
  }
  if ('numerator' in baseline) {
    if (kind !== 'ratio') throw invalid('body.baseline', `a ${kind} needs ${needs(kind)}`);
    return constant(ratioOf(baseline));
  }
  return constant({ value: baseline.mean, variance: baseline.variance });
}

function constant({ value, variance }: { value: number; variance: number }): Model {
  return { value, variance: () => variance, limit: () => Number.POSITIVE_INFINITY };
}

type RatioBaseline = Extract<PlanBody['baseline'], { numerator: unknown }>;

/** Value and per-unit variance of a ratio by the delta method. Deng, Knoblich & Lu (2018). */
function ratioOf({ numerator, denominator, covariance }: RatioBaseline): {
  value: number;
  variance: number;
} {
  const value = numerator.mean / denominator.mean;
  const spread = numerator.variance - 2 * value * covariance + value ** 2 * denominator.variance;
  return { value, variance: Math.max(0, spread) / denominator.mean ** 2 };
}

/** NaN where the effect is what given units find. */
function sizeOf({ mde, margin, alternative, ...body }: PlanBody, value: number): number {
  if (margin !== undefined) {
    const room = margin * Math.abs(value) * (alternative === 'less' ? -1 : 1);
    return room + (body.trueLift ?? 0) * value;
  }
  if (mde === undefined) {
    if (body.units !== undefined) return Number.NaN;
    throw invalid('body.mde', 'a plan needs the effect to find, or the units that are given');
  }
  if ('absolute' in mde) return mde.absolute;
  if (value === 0) throw invalid('body.mde', 'a relative effect needs a baseline other than 0');
  return mde.relative * value;
}

function needs(kind: PlanBody['kind']): string {
  return kind === 'proportion' || kind === 'retention' ? 'rate' : 'mean, variance';
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid', `${path}: ${message}.`, { errors: [{ path, message }] });
}
