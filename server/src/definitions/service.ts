import {
  kinds,
  type Body,
  type Definition,
  type Kind,
  type Revision,
} from '../contract/definitions.ts';
import { AppError } from '../errors.ts';
import { parsed } from '../http/input.ts';
import type { Random } from '../http/handler.ts';
import type { Change, DefinitionStore, StoredRevision } from '../store/definitions/port.ts';
import type { Catalogue, Decide } from './catalogue.ts';
import { expectRevision, type Author } from './change.ts';
import { bodyOf, definitionOf, documentOf, type Document } from './document.ts';
import { historyOf } from './history.ts';
import { nameOf, type KindRules } from './kind-rules.ts';
import { pageOf, readCursor, type ListQuery } from './list.ts';
import type { Definitions } from './lookup.ts';
import { refuseFindings } from './refuse.ts';
import { rules as rulesOf } from './rules.ts';

export interface DefinitionDeps {
  readonly catalogue: Catalogue;
  readonly store: Pick<DefinitionStore, 'revisions' | 'revision'>;
  readonly random: Random;
}

/** A change as a person asked for it. */
export interface Request extends Author {
  readonly reason: string;
  readonly ifMatch: number | undefined;
}

/** The seven calls that every kind of definition answers. */
export interface DefinitionService<K extends Kind> {
  list(query: ListQuery & { readonly archived: 'true' | 'false' }): {
    items: Definition<K>[];
    next: string | null;
  };
  read(key: string): Definition<K>;
  create(body: Body<K>, request: Request): Promise<Definition<K>>;
  replace(key: string, body: Body<K>, request: Request): Promise<Definition<K>>;
  archive(key: string, request: Request): Promise<Definition<K>>;
  revisions(key: string, query: ListQuery): Promise<{ items: Revision[]; next: string | null }>;
  revert(key: string, revision: number, request: Request): Promise<Definition<K>>;
}

export function definitionService<K extends Kind>(
  kind: K,
  { catalogue, store, random }: DefinitionDeps,
): DefinitionService<K> {
  const rules: KindRules<K> = rulesOf[kind];
  const read = (now: Definitions, key: string): Definition<K> => {
    const found = now.get(kind, key);
    if (found === undefined) throw new AppError('not_found', `No ${nameOf[kind]} "${key}".`);
    return found;
  };
  const commit = async (key: string, decide: Decide): Promise<Definition<K>> => {
    const [revision] = await catalogue.change(decide);
    return revision === undefined ? read(catalogue, key) : definitionOf(kind, revision);
  };
  const accepted = (body: Body<K>, now: Definitions, before?: Definition<K>): Document => {
    if (before !== undefined) refuseFindings('locked', rules.locked?.(body, now, before) ?? []);
    refuseFindings('invalid', rules.check(body, now, before));
    return rules.complete?.(body, random, before) ?? { ...body };
  };
  return {
    list: ({ archived, ...query }) =>
      pageOf(archived === 'true' ? catalogue.every(kind) : catalogue.list(kind), query),
    read: (key) => read(catalogue, key),
    create: (body, request) =>
      commit(body.key, (now) => {
        refuseTaken(kind, now.get(kind, body.key));
        const document = accepted(body, now);
        return [version(kind, document, { ...request, action: 'create', expected: null })];
      }),
    replace: (key, body, request) =>
      commit(key, (now) => {
        const before = read(now, key);
        requireMatch(before, kind, request.ifMatch);
        refuseRename(kind, key, body.key);
        refuseArchived(kind, before);
        const document = accepted(body, now, before);
        return [
          version(kind, document, { ...request, action: 'update', expected: before.revision }),
        ];
      }),
    archive: (key, request) =>
      commit(key, (now) => {
        const before = read(now, key);
        expectRevision(before, kind, request.ifMatch);
        if (before.archived) return [];
        refuseUsed(kind, key, rules.users?.(key, now) ?? []);
        const document = rules.archive?.(before) ?? documentOf(before);
        const how = { ...request, action: 'archive', expected: before.revision, archived: true };
        return [version(kind, document, how)];
      }),
    async revisions(key, query) {
      read(catalogue, key);
      const before = query.cursor === undefined ? undefined : Number(readCursor(query.cursor)[0]);
      const found = await store.revisions(kind, key, query.limit + 1, before);
      const items = historyOf(found, query.limit);
      return { items, next: nextRevision(found, query.limit) };
    },
    async revert(key, revision, request) {
      read(catalogue, key);
      const earlier = await store.revision(kind, key, revision);
      if (earlier === undefined) throw noRevision(kind, key, revision);
      const body = parsed(kinds[kind].body, bodyOf(kind, earlier.body)) as Body<K>;
      return commit(key, (now) => {
        const before = read(now, key);
        expectRevision(before, kind, request.ifMatch);
        const reason = request.reason === '' ? `back to revision ${revision}` : request.reason;
        const document = accepted(body, now, before);
        const how = { ...request, reason, action: 'revert', expected: before.revision };
        return [version(kind, document, how)];
      });
    },
  };
}

type How = Omit<Request, 'ifMatch'> & Pick<Change, 'action' | 'expected'> & { archived?: boolean };

function version(kind: Kind, body: Document, how: How): Change {
  const { author, requestId, at, reason, action, expected, archived = false } = how;
  const key = String(body['key']);
  return { kind, key, body, author, requestId, at, reason, action, expected, archived };
}

function refuseTaken(kind: Kind, taken: { key: string; archived: boolean } | undefined): void {
  if (taken === undefined) return;
  const hint = taken.archived
    ? ', archived: revert it to an earlier revision to bring it back'
    : '';
  throw new AppError('conflict', `The ${nameOf[kind]} "${taken.key}" exists already${hint}.`);
}

function requireMatch(before: Definition<Kind>, kind: Kind, ifMatch: number | undefined): void {
  expectRevision(before, kind, ifMatch);
  if (ifMatch !== undefined) return;
  const message = `If-Match is missing: send the revision that you changed, now "${before.revision}".`;
  throw new AppError('invalid', message, { status: 428, extra: { revision: before.revision } });
}

function refuseRename(kind: Kind, key: string, sent: string): void {
  if (key === sent) return;
  const message = `is "${sent}", must stay "${key}": apps and events know the ${nameOf[kind]} by it`;
  throw new AppError('invalid', `key ${message}.`, { errors: [{ path: 'key', message }] });
}

function refuseArchived(kind: Kind, { key, archived }: Definition<Kind>): void {
  if (!archived) return;
  const message = `The ${nameOf[kind]} "${key}" is archived: revert it to an earlier revision to bring it back.`;
  throw new AppError('locked', message);
}

function refuseUsed(kind: Kind, key: string, users: readonly string[]): void {
  if (users.length === 0) return;
  const more = users.length > 5 ? ` and ${users.length - 5} more` : '';
  const message = `The ${nameOf[kind]} "${key}" is in use by ${users.slice(0, 5).join(', ')}${more}.`;
  throw new AppError('conflict', message, { extra: { users } });
}

function noRevision(kind: Kind, key: string, revision: number): AppError {
  return new AppError('not_found', `The ${nameOf[kind]} "${key}" has no revision ${revision}.`);
}

function nextRevision(found: readonly StoredRevision[], limit: number): string | null {
  const last = found.length > limit ? found[limit - 1] : undefined;
  if (last === undefined) return null;
  return Buffer.from(JSON.stringify([String(last.revision), last.key])).toString('base64url');
}
