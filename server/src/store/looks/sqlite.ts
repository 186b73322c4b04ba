import { writing, type Sqlite } from '../definitions/database.ts';
import type { Look, LookedAt, LookLog } from './port.ts';

const selectLooks = `select body from looks
  where experiment = ? and phase = ? and started_at = ? order by number`;
const insertLook = `
  insert into looks (experiment, phase, started_at, number, at, body)
  values (@experiment, @phase, @startedAt, @number, @at, @body)
  on conflict do nothing`;

/** Looks in the migrated database of the definitions, which the caller opened and closes. */
export function sqliteLooks(db: Sqlite): LookLog {
  const select = db.prepare<[string, number, number], { body: string }>(selectLooks);
  const insert = db.prepare<[LookedAt & { number: number; at: number; body: string }]>(insertLook);
  return {
    looks: async ({ experiment, phase, startedAt }) =>
      select.all(experiment, phase, startedAt).map((row) => JSON.parse(row.body) as Look),
    record: async (of, look) => {
      const { number, at } = look;
      writing(() => insert.run({ ...of, number, at, body: JSON.stringify(look) }));
    },
  };
}
