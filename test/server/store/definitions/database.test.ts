import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertDurable, openDatabase } from '@assay/server/store/definitions/database';
import { migrate } from '@assay/server/store/definitions/migrate';
import { definitions } from '@assay/server/store/definitions/migrations/001-definitions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-db-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const opened = () => openDatabase(join(folder, 'assay.db'));

describe('a database of definitions', () => {
  it('commits to the disk, also after writes and after reopening', () => {
    for (let round = 0; round < 2; round++) {
      const db = opened();
      migrate(db);
      db.exec('create table if not exists t (x); insert into t values (1)');
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      db.pragma('synchronous = normal');
      expect(() => {
        assertDurable(db);
      }).toThrow('synchronous 1, must be wal and 2 (full)');
      db.close();
    }
  });

  it('does not let the audit or a revision be rewritten', () => {
    const db = opened();
    migrate(db);
    db.exec(`insert into audit (at, author, action, kind, key, reason, request_id, before, after)
      values (1, 'a', 'b', 'c', 'd', '', '', 'null', 'null');
      insert into revisions (kind, key, revision, body, archived, action, reason, author, created_at, at)
      values ('flags', 'k', 1, '{}', 0, 'create', '', 'a', 1, 1)`);
    for (const table of ['audit', 'revisions']) {
      expect(() => db.exec(`update ${table} set reason = 'x'`)).toThrow('append-only');
      expect(() => db.exec(`delete from ${table}`)).toThrow('append-only');
    }
    db.close();
  });

  it('refuses a schema from the future, and migrates only once', () => {
    const db = opened();
    migrate(db);
    const version = Number(db.pragma('user_version', { simple: true }));
    expect(version).toBeGreaterThan(0);
    migrate(db);
    expect(readdirSync(folder).filter((f) => f.includes('.before-'))).toEqual([]);
    db.pragma(`user_version = ${version + 1}`);
    expect(() => {
      migrate(db);
    }).toThrow(`has schema ${version + 1}; this program knows ${version}`);
    db.close();
  });

  it('keeps a copy before it migrates what holds data', () => {
    const db = opened();
    db.exec(definitions);
    db.pragma('user_version = 1');
    migrate(db);
    expect(readdirSync(folder)).toContain('assay.db.before-2');
    migrate(db);
    db.close();
  });
});
