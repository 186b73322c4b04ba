/** What group sequential tests saw at each look: logged once, never changed. */
export const looks = `
create table looks (
  experiment text not null,
  phase integer not null,
  started_at integer not null,
  number integer not null,
  at integer not null,
  body text not null,
  primary key (experiment, phase, started_at, number)
) strict, without rowid;

create trigger looks_stay before update on looks
begin
  select raise(abort, 'a look is spent once');
end;
`;
