import type { ColumnMap } from '../contract/looking.ts';
import type { EventIds } from './event-id.ts';

/** What every event of an import shares. */
export interface Target {
  readonly ids: EventIds;
  readonly environment: string;
  readonly unitType: string;
  /** When rows without a time happened, ms. */
  readonly at: number;
  /** Whose exposures a file with a variant column holds. */
  readonly experiment?: ImportExperiment | undefined;
}
export interface ImportExperiment {
  readonly key: string;
  readonly flag: string;
  readonly phase: number;
  /** Variants that rows may name, after renaming. */
  readonly variants: readonly string[];
}
export type { ColumnMap };

/** Why a row is not taken. */
export interface BadRow {
  readonly code: 'invalid' | 'too_large' | 'in_future' | 'too_old';
  readonly detail: string;
}
/** A row of the file became these events, or is bad. */
export type Read<E> = { readonly events: readonly E[] } | { readonly bad: BadRow };
