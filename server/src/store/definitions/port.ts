import type { Kind } from '../../contract/definitions.ts';

/** A definition as it is now. `body` is the whole document without what this record already says. */
export interface StoredDefinition {
  readonly kind: Kind;
  readonly key: string;
  readonly revision: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly archived: boolean;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly updatedBy: string;
}

export interface StoredRevision extends StoredDefinition {
  /** create, update, archive, revert, start, ramp, stop, decide, amend … */
  readonly action: string;
  readonly reason: string;
  /** Grows by one with every revision of anything: the version of rulesets. */
  readonly sequence: number;
}

/** One intended change. Several in one call are one transaction: all or nothing. */
export interface Change {
  readonly kind: Kind;
  readonly key: string;
  /** The revision the writer read; null creates. Anything else current fails with `conflict` (412) naming the current one. */
  readonly expected: number | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly archived: boolean;
  readonly action: string;
  readonly reason: string;
  /** Who, as shown to people; and from where. */
  readonly author: string;
  readonly requestId: string;
  /** ms since the epoch. */
  readonly at: number;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  readonly author: string;
  readonly action: string;
  readonly kind: string;
  readonly key: string;
  readonly reason: string;
  readonly requestId: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Versioned documents: append-only revisions, one current pointer, optimistic concurrency, audit in the same transaction. */
export interface DefinitionStore {
  /** Every current definition (archived ones too) and the latest sequence. */
  load(): Promise<{ readonly definitions: readonly StoredDefinition[]; readonly sequence: number }>;
  append(changes: readonly Change[]): Promise<readonly StoredRevision[]>;
  /** Newest first, those before revision `before` when given. */
  revisions(
    kind: Kind,
    key: string,
    limit: number,
    before?: number,
  ): Promise<readonly StoredRevision[]>;
  revision(kind: Kind, key: string, revision: number): Promise<StoredRevision | undefined>;
  /** Forgets definitions and their revisions for good (the demo's end); the audit keeps that it happened. */
  purge(
    items: readonly { readonly kind: Kind; readonly key: string }[],
    by: { readonly author: string; readonly at: number; readonly requestId: string },
  ): Promise<void>;
  /** Newest first. Also written to by accounts: sign-ins, keys, people. */
  audit(limit: number, before?: number): Promise<readonly AuditEntry[]>;
  noteAudit(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  close(): Promise<void>;
}
