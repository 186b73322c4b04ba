import type { Revision } from '../contract/definitions.ts';
import type { StoredRevision } from '../store/definitions/port.ts';
import { diff } from './diff.ts';

/** Versions, newest first, each with what it changed against the one below it; the last of a whole history against nothing. */
export function historyOf(newestFirst: readonly StoredRevision[], count: number): Revision[] {
  return newestFirst.slice(0, count).map((entry, i) => {
    const before = newestFirst[i + 1];
    return {
      revision: entry.revision,
      at: new Date(entry.updatedAt).toISOString(),
      by: entry.updatedBy,
      action: entry.action,
      reason: entry.reason,
      body: entry.body,
      changes: before === undefined ? [] : diff(contents(before), contents(entry)),
    };
  });
}

function contents({ body, archived }: StoredRevision) {
  return { ...body, archived };
}
