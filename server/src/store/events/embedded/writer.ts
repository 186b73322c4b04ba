import { join } from 'node:path';
import type { Rejected } from '../port.ts';
import { lockFolder } from './log/lock.ts';
import { openLogs, type Logs } from './log/logs.ts';
import type { Packed } from './log/pack.ts';
import { openRejected, rejectedFile, type RejectedLog } from './log/rejected.ts';
import { serve } from './serve.ts';

const clearAtOnce = 5_000;

let opened:
  { readonly logs: Logs; readonly rejected: RejectedLog; readonly unlock: () => void } | undefined;
function store(): NonNullable<typeof opened> {
  if (opened === undefined) throw new Error('the writer is not open');
  return opened;
}

/** The only thread that writes events. */
const methods = {
  open: (folder: string) => {
    const unlock = lockFolder(folder);
    opened = { logs: openLogs(folder), rejected: openRejected(folder), unlock };
  },
  /** 1 for each event that was new. */
  append: (packed: Packed) => store().logs.append(packed),
  noteRejected: (list: readonly Rejected[]) => {
    store().rejected.add(list);
  },
  /** Blanks these rows of one file. */
  blank: ({ file, seqs }: { readonly file: string; readonly seqs: readonly number[] }) =>
    store().logs.onLog(file, (log) => log.blank(seqs)),
  eraseRejected: (unit: string) => {
    store().rejected.erase(unit);
  },
  /** Removes a piece of an environment from one file, so that appends can go between; 0 = done. */
  remove: ({ file, environment }: { readonly file: string; readonly environment: string }) =>
    store().logs.onLog(file, (log) => log.remove(environment, clearAtOnce)),
  clearRejected: (environment: string) => {
    store().rejected.clear(environment);
  },
  files: () => store().logs.files(),
  events: () => store().logs.events(),
  /** Copies every file page by page between appends; returns their names. */
  backup: async (to: string) => {
    const { logs, rejected } = store();
    const files = logs.files();
    for (const file of files) await logs.hold(file, (log) => log.backup(join(to, file)));
    await rejected.backup(join(to, rejectedFile));
    return [...files, rejectedFile];
  },
  close: () => {
    const { logs, rejected, unlock } = store();
    logs.close();
    rejected.close();
    unlock();
    opened = undefined;
  },
} as const;
export type WriterMethods = typeof methods;

serve(methods);
