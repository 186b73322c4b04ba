/** People, their sessions, API tokens and SDK keys. Secrets are here as hashes only. */
export const accounts = `
create table users (
  id text primary key,
  email text not null unique,
  name text not null,
  role text not null,
  active integer not null,
  password text not null,
  created_at integer not null,
  seen_at integer
) strict;

create table sessions (
  hash blob primary key,
  user_id text not null references users (id),
  created_at integer not null,
  seen_at integer not null
) strict, without rowid;
create index sessions_by_user on sessions (user_id);

create table tokens (
  id text primary key,
  name text not null,
  role text not null,
  selector text not null unique,
  hash blob not null,
  created_at integer not null,
  created_by text not null,
  expires_at integer,
  used_at integer
) strict;

create table sdk_keys (
  id text primary key,
  name text not null,
  environment text not null,
  kind text not null,
  selector text not null unique,
  hash blob not null,
  created_at integer not null,
  created_by text not null,
  used_at integer
) strict;
`;
