import type { MomentRow } from '../events/port.ts';

/** Whose looks: one phase of an experiment, as started then. A later experiment of the same key has its own. */
export interface LookedAt {
  readonly experiment: string;
  readonly phase: number;
  /** ms since the epoch. */
  readonly startedAt: number;
}

/** What a group sequential test saw when it was looked at. Its share of alpha is spent; it is never computed again. */
export interface Look {
  /** From 1, without gaps. */
  readonly number: number;
  /** ms since the epoch. */
  readonly at: number;
  /** The last planned look, or the one after the end: all alpha is spent. */
  readonly final: boolean;
  /** Exposed units of all variants. */
  readonly units: number;
  readonly rows: readonly MomentRow[];
}

export interface LookLog {
  /** In order. */
  looks(of: LookedAt): Promise<readonly Look[]>;
  /** Durable when it resolves. The first look of a number stays: two who look at once spend one. */
  record(of: LookedAt, look: Look): Promise<void>;
}
