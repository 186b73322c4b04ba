import type { AccountStore, Note, StoredSession } from '../../accounts/port.ts';
import { writing, type Sqlite } from '../definitions/database.ts';
import type { Audit } from './sqlite.ts';
import { readUser, type UserRow } from './users.ts';

const selectWithUser = `
  select s.hash, s.created_at as startedAt, s.seen_at as lastSeen,
    u.id, u.email, u.name, u.role, u.active, u.password, u.created_at as createdAt, u.seen_at as seenAt
  from sessions s join users u on u.id = s.user_id where s.hash = ?`;
const insert = `
  insert into sessions (hash, user_id, created_at, seen_at) values (@hash, @userId, @createdAt, @seenAt)`;
const touch = 'update sessions set seen_at = @at where hash = @hash';
const touchUser = `
  update users set seen_at = @at where id = (select user_id from sessions where hash = @hash)`;
const remove = 'delete from sessions where hash = ?';
const sweep = 'delete from sessions where created_at < ? or seen_at < ?';

type Row = UserRow & {
  readonly hash: Uint8Array;
  readonly startedAt: number;
  readonly lastSeen: number;
};
type Sessions = Pick<
  AccountStore,
  'addSession' | 'session' | 'touchSession' | 'endSession' | 'sweepSessions'
>;

export function sessionTable(db: Sqlite, audit: Audit): Sessions {
  const find = db.prepare<[Uint8Array], Row>(selectWithUser);
  const add = db.prepare(insert);
  const seen = db.prepare(touch);
  const userSeen = db.prepare(touchUser);
  const end = db.prepare(remove);
  const forget = db.prepare(sweep);
  const adding = db.transaction((session: StoredSession, note: Note) => {
    add.run(session);
    userSeen.run({ hash: session.hash, at: session.createdAt });
    audit(note);
  });
  const touching = db.transaction((hash: Uint8Array, at: number) => {
    seen.run({ hash, at });
    userSeen.run({ hash, at });
  });
  return {
    addSession: async (session, note) => {
      writing(() => {
        adding.immediate(session, note);
      });
    },
    session: async (hash) => {
      const row = find.get(hash);
      return row && split(row);
    },
    touchSession: async (hash, at) => {
      writing(() => {
        touching.immediate(hash, at);
      });
    },
    endSession: async (hash) => {
      writing(() => end.run(hash));
    },
    sweepSessions: async (createdBefore, seenBefore) => {
      writing(() => forget.run(createdBefore, seenBefore));
    },
  };
}

function split({ hash, startedAt, lastSeen, ...user }: Row) {
  return {
    session: { hash, userId: user.id, createdAt: startedAt, seenAt: lastSeen },
    user: readUser(user),
  };
}
