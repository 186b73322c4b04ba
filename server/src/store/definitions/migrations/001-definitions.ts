/** Versioned documents, the pointer to what is current, and the audit that nobody can rewrite. */
export const definitions = `
create table revisions (
  sequence integer primary key autoincrement,
  kind text not null,
  key text not null,
  revision integer not null,
  body text not null,
  archived integer not null,
  action text not null,
  reason text not null,
  author text not null,
  created_at integer not null,
  at integer not null,
  unique (kind, key, revision)
) strict;

create table current (
  kind text not null,
  key text not null,
  sequence integer not null references revisions (sequence),
  primary key (kind, key)
) strict, without rowid;

create table purging (kind text not null, key text not null, primary key (kind, key)) strict;

create trigger revisions_stay before update on revisions
begin select raise(abort, 'revisions are append-only'); end;
create trigger revisions_remain before delete on revisions
when not exists (select 1 from purging where kind = old.kind and key = old.key)
begin select raise(abort, 'revisions are append-only'); end;

create table audit (
  id integer primary key autoincrement,
  at integer not null,
  author text not null,
  action text not null,
  kind text not null,
  key text not null,
  reason text not null,
  request_id text not null,
  before text not null,
  after text not null
) strict;

create trigger audit_stays before update on audit
begin select raise(abort, 'the audit is append-only'); end;
create trigger audit_remains before delete on audit
begin select raise(abort, 'the audit is append-only'); end;
`;
