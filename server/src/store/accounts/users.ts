import type { AccountStore, Note, StoredUser } from '../../accounts/port.ts';
import { writing, type Sqlite } from '../definitions/database.ts';
import type { Audit } from './sqlite.ts';

const select = `select id, email, name, role, active, password, created_at as createdAt, seen_at as seenAt from users`;
const selectAll = `${select} order by created_at, id`;
const selectById = `${select} where id = ?`;
const selectByEmail = `${select} where email = ?`;
const countUsers = 'select count(*) as n from users';
const countOtherAdmins = `select count(*) as n from users where role = 'admin' and active = 1 and id <> ?`;
const insert = `
  insert into users (id, email, name, role, active, password, created_at, seen_at)
  values (@id, @email, @name, @role, @active, @password, @createdAt, @seenAt)`;
const update = `
  update users set name = @name, role = @role, active = @active, password = @password where id = @id`;
const updatePassword = 'update users set password = ? where id = ?';
const deleteSessions = 'delete from sessions where user_id = ?';

export type UserRow = Omit<StoredUser, 'active'> & { readonly active: number };
type Users = Pick<
  AccountStore,
  'users' | 'user' | 'userByEmail' | 'addUser' | 'saveUser' | 'rehash'
>;

export function userTable(db: Sqlite, audit: Audit): Users {
  const all = db.prepare<[], UserRow>(selectAll);
  const byId = db.prepare<[string], UserRow>(selectById);
  const byEmail = db.prepare<[string], UserRow>(selectByEmail);
  const rehash = db.prepare(updatePassword);
  const add = adding(db, audit);
  const save = saving(db, audit);
  return {
    users: async () => all.all().map(readUser),
    user: async (id) => maybe(byId.get(id)),
    userByEmail: async (email) => maybe(byEmail.get(email)),
    addUser: async (user, note, onlyFirst) => writing(() => add.immediate(user, note, onlyFirst)),
    saveUser: async (user, note, endSessions) =>
      writing(() => save.immediate(user, note, endSessions)),
    rehash: async (id, password) => {
      writing(() => rehash.run(password, id));
    },
  };
}

function adding(db: Sqlite, audit: Audit) {
  const count = db.prepare<[], { n: number }>(countUsers);
  const byEmail = db.prepare<[string], UserRow>(selectByEmail);
  const add = db.prepare(insert);
  return db.transaction((user: StoredUser, note: Note, onlyFirst: boolean) => {
    if (onlyFirst && count.get()?.n !== 0) return 'notFirst';
    if (byEmail.get(user.email) !== undefined) return 'taken';
    add.run(row(user));
    audit(note);
    return 'done';
  });
}

function saving(db: Sqlite, audit: Audit) {
  const otherAdmins = db.prepare<[string], { n: number }>(countOtherAdmins);
  const save = db.prepare(update);
  const signOut = db.prepare(deleteSessions);
  return db.transaction((user: StoredUser, note: Note, endSessions: boolean) => {
    const isAdmin = user.role === 'admin' && user.active;
    if (!isAdmin && otherAdmins.get(user.id)?.n === 0) return 'lastAdmin';
    save.run(row(user));
    if (endSessions) signOut.run(user.id);
    audit(note);
    return 'done';
  });
}

function row(user: StoredUser): UserRow {
  return { ...user, active: user.active ? 1 : 0 };
}
export function readUser(user: UserRow): StoredUser {
  return { ...user, active: user.active === 1 };
}
function maybe(user: UserRow | undefined): StoredUser | undefined {
  return user && readUser(user);
}
