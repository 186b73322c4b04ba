import type { AccountStore, Note, StoredSdkKey, StoredToken } from '../../accounts/port.ts';
import { writing, type Sqlite } from '../definitions/database.ts';
import type { Audit } from './sqlite.ts';

const common = `id, name, selector, hash, created_at as createdAt, created_by as createdBy, used_at as usedAt`;
const sql = {
  tokens: {
    all: `select ${common}, role, expires_at as expiresAt from tokens order by created_at, id`,
    one: `select ${common}, role, expires_at as expiresAt from tokens where selector = ?`,
    add: `insert into tokens (id, name, role, selector, hash, created_at, created_by, expires_at, used_at)
      values (@id, @name, @role, @selector, @hash, @createdAt, @createdBy, @expiresAt, @usedAt)`,
    remove: 'delete from tokens where id = ?',
    touch: 'update tokens set used_at = ? where id = ?',
  },
  keys: {
    all: `select ${common}, environment, kind from sdk_keys order by created_at, id`,
    add: `insert into sdk_keys (id, name, environment, kind, selector, hash, created_at, created_by, used_at)
      values (@id, @name, @environment, @kind, @selector, @hash, @createdAt, @createdBy, @usedAt)`,
    remove: 'delete from sdk_keys where id = ?',
    touch: 'update sdk_keys set used_at = ? where id = ?',
  },
};

type Secrets = Pick<
  AccountStore,
  | 'tokens'
  | 'tokenBySelector'
  | 'addToken'
  | 'removeToken'
  | 'touchTokens'
  | 'sdkKeys'
  | 'addSdkKey'
  | 'removeSdkKey'
  | 'touchSdkKeys'
>;

export function secretTables(db: Sqlite, audit: Audit): Secrets {
  const tokens = writer<StoredToken>(db, audit, sql.tokens);
  const keys = writer<StoredSdkKey>(db, audit, sql.keys);
  const bySelector = db.prepare<[string], StoredToken>(sql.tokens.one);
  return {
    tokens: tokens.all,
    tokenBySelector: async (selector) => bySelector.get(selector),
    addToken: tokens.add,
    removeToken: tokens.remove,
    touchTokens: tokens.touch,
    sdkKeys: keys.all,
    addSdkKey: keys.add,
    removeSdkKey: keys.remove,
    touchSdkKeys: keys.touch,
  };
}

/** The two tables differ in columns only. */
function writer<T extends { readonly id: string }>(
  db: Sqlite,
  audit: Audit,
  text: { all: string; add: string; remove: string; touch: string },
) {
  const insert = db.prepare(text.add);
  const remove = db.prepare(text.remove);
  const touch = db.prepare(text.touch);
  const all = db.prepare<[], T>(text.all);
  const adding = db.transaction((item: T, note: Note) => {
    insert.run(item);
    audit(note);
  });
  const removing = db.transaction((id: string, note: Note) => {
    if (remove.run(id).changes === 0) return false;
    audit(note);
    return true;
  });
  const touching = db.transaction((used: ReadonlyMap<string, number>) => {
    for (const [id, at] of used) touch.run(at, id);
  });
  return {
    all: async () => all.all(),
    add: async (item: T, note: Note) => {
      writing(() => {
        adding.immediate(item, note);
      });
    },
    remove: async (id: string, note: Note) => writing(() => removing.immediate(id, note)),
    touch: async (used: ReadonlyMap<string, number>) => {
      writing(() => {
        touching.immediate(used);
      });
    },
  };
}
