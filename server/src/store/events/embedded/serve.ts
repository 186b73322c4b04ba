import { parentPort } from 'node:worker_threads';
import { AppError } from '../../../errors.ts';
import type { AnswerMessage, CallMessage, Methods } from './thread.ts';

/** Answers calls inside a worker thread, with errors of better-sqlite3 told as `unavailable` and their reason. */
export function serve(methods: Methods): void {
  const port = parentPort;
  if (port === null) throw new Error('this module runs in a worker thread');
  port.on('message', (message: CallMessage) => {
    void answer(methods, message).then((reply) => {
      port.postMessage(reply);
      return undefined;
    });
  });
}

async function answer(methods: Methods, message: CallMessage): Promise<AnswerMessage> {
  const { call, argument } = message;
  try {
    const method = methods[message.method];
    if (method === undefined) throw new Error(`no method ${message.method}`);
    return { call, result: await method(argument as never) };
  } catch (error) {
    return { call, error: describe(error) };
  }
}

const reasons: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'the data folder is read-only',
  SQLITE_CANTOPEN: 'the event files cannot be opened',
  SQLITE_BUSY: 'another connection holds the event files',
  SQLITE_CORRUPT: 'an event file is damaged',
  SQLITE_NOTADB: 'an event file is not a database',
};

function describe(error: unknown): Extract<AnswerMessage, { error: unknown }>['error'] {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return { code: 'bug', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(SQLITE_|E[A-Z]+$)/.test(code)) {
    const known = Object.entries(reasons).find(([prefix]) => code.startsWith(prefix));
    const reason =
      known?.[1] ?? (code.startsWith('SQLITE_IOERR') ? 'the disk fails' : 'the event files fail');
    return { code: 'unavailable', message: `${reason} (${code}: ${error.message})` };
  }
  return { code: 'bug', message: error.message, stack: error.stack };
}
