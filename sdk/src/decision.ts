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

/** A unit met an experiment: what the event says beside the unit. */
export type Exposure = {
  readonly type: 'exposure';
  readonly flag: string;
  readonly experiment: string;
  readonly variant: string;
  readonly phase: number;
  readonly unitType: string;
  readonly meeting: Meeting;
};
/** What is needed to log an exposure once. */
export type Meeting = {
  /** The unit's id in a context. */
  readonly unit: (context: Context) => string | undefined;
  /** All that tells the exposure from others in one text, and its hash, ready to take the unit. */
  readonly id: string;
  readonly hash: HashState;
  readonly sticky: boolean;
};

/**
 * What a flag serves to a context. `variant` is undefined when the caller's default is served. `exposure` is there
 * when serving it must be logged. Decisions are shared and frozen: evaluating allocates none.
 */
export type Decision<Value = FlagValue> = {
  readonly value: Value;
  readonly variant?: string | undefined;
  readonly reason: Reason;
  readonly rule?: string | undefined;
  readonly error?: ErrorCode | undefined;
  readonly exposure?: Exposure | undefined;
};
