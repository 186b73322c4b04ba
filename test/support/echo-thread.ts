import { AppError } from '@assay/server/errors';
import { serve } from '@assay/server/store/events/embedded/serve';
import { workerData } from 'node:worker_threads';

let calls = 0;
/** A thread to test threads with. */
const methods = {
  echo: (text: string) => `${text} ${String(workerData)} ${++calls}`,
  later: async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  },
  refuse: (message: string) => {
    throw new AppError('conflict', message);
  },
  fail: (code: string) => {
    throw Object.assign(new Error('as SQLite says'), { code });
  },
  bug: () => {
    throw new TypeError('a slip');
  },
  die: () => {
    process.exit(3);
  },
} as const;
export type EchoMethods = typeof methods;

serve(methods);
