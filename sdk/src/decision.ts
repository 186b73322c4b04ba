import type { HashState } from './murmur.ts';
import type { Context, FlagValue } from './ruleset.ts';

/** Why a flag has its value. */
export type Reason =
  | 'STATIC'
  | 'TARGETING_MATCH'
  | 'SPLIT'
  | 'DEFAULT'
  | 'DISABLED'
  | 'OVERRIDE'
  | 'HOLDOUT'
  | 'PREREQUISITE_FAILED'
  | 'TARGETING_KEY_MISSING'
  | 'ERROR';
/** What went wrong when the reason is `ERROR`. `GENERAL`: the flag's definition cannot be read. */
export type ErrorCode = 'FLAG_NOT_FOUND' | 'TYPE_MISMATCH' | 'PROVIDER_NOT_READY' | 'GENERAL';

/** A unit met an experiment. */
export type Exposure = {
  /** All that tells it from others, in one text. */
  readonly id: string;
  readonly flag: string;
  readonly experiment: string;
  readonly variant: string;
  readonly phase: number;
  readonly unitType: string;
  readonly sticky: boolean;
  /** The unit's id in a context. */
  readonly unit: (context: Context) => string | undefined;
  /** The hash of `id`, ready to take the unit. */
  readonly mark: HashState;
};

/**
 * What a flag serves to a context. `variant` is undefined when the caller's default is served. `exposure` is there
 * when serving it must be logged. Decisions are shared and frozen: evaluating allocates none.
 */
export type Decision<Value = FlagValue> = {
  readonly value: Value;
  readonly variant: string | undefined;
  readonly reason: Reason;
  readonly rule: string | undefined;
  readonly error: ErrorCode | undefined;
  readonly exposure: Exposure | undefined;
};
