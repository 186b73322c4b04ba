import { evaluate, type Context, type FlagValue, type Ruleset } from '@assay/sdk';

/** The codes of OFREP that an evaluation can end with. */
export type OfrepErrorCode =
  'PARSE_ERROR' | 'TARGETING_KEY_MISSING' | 'INVALID_CONTEXT' | 'FLAG_NOT_FOUND' | 'GENERAL';

export interface OfrepSuccess {
  readonly key: string;
  /** Left out where the flag leaves it to the caller's default. */
  readonly value?: FlagValue;
  readonly reason: string;
  readonly variant?: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
}
export interface OfrepFailure {
  readonly key: string;
  readonly errorCode: OfrepErrorCode;
  readonly errorDetails: string;
}
export type OfrepAnswer = OfrepSuccess | OfrepFailure;

const statusOf: Readonly<Record<OfrepErrorCode, number>> = {
  PARSE_ERROR: 400,
  TARGETING_KEY_MISSING: 400,
  INVALID_CONTEXT: 400,
  FLAG_NOT_FOUND: 404,
  GENERAL: 500,
};

/** The HTTP status of one flag's answer. */
export function statusOfAnswer(answer: OfrepAnswer): number {
  return 'errorCode' in answer ? statusOf[answer.errorCode] : 200;
}

/**
 * One flag as OFREP tells it, decided by the SDK's own evaluator. What an app needs to log the exposure of an
 * experiment by itself is in the metadata.
 * @example answerOf(ruleset, 'checkout', { userId: 'u1' }) // { key, value: 'one_page', reason: 'SPLIT', variant, … }
 */
export function answerOf(ruleset: Ruleset, key: string, context: Context): OfrepAnswer {
  const { value, variant, reason, error, exposure } = evaluate(ruleset, key, context, null);
  if (error === 'FLAG_NOT_FOUND') return notFound(key);
  if (error !== undefined) return failed(key, 'GENERAL', 'The definition cannot be evaluated.');
  if (reason === 'TARGETING_KEY_MISSING') return failed(key, reason, unitMissing);
  const experiment = exposure && {
    experiment: exposure.experiment,
    phase: exposure.phase,
    unitType: exposure.unitType,
  };
  return {
    key,
    ...(variant !== undefined && { value, variant }),
    reason,
    metadata: { flagSetId: ruleset.environment, ...experiment },
  };
}

export function notFound(key: string): OfrepFailure {
  return failed(key, 'FLAG_NOT_FOUND', `There is no flag ${JSON.stringify(key)} for this key.`);
}

const unitMissing =
  'The flag is split by a unit that the context lacks; targetingKey stands for userId.';

function failed(key: string, errorCode: OfrepErrorCode, errorDetails: string): OfrepFailure {
  return { key, errorCode, errorDetails };
}
