import { chmod, rm } from 'node:fs/promises';
import { createServer, request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { sendProblem } from '../http/problem.ts';

const socketName = 'control.sock';
/** What a socket's address may have in bytes on every system. */
const longest = 100;

/** What the command line may ask of the process that has the data folder, and its answer. */
export type Actions = Readonly<Record<string, (argument: unknown) => Promise<unknown>>>;
export interface Control {
  close(): Promise<void>;
}

/**
 * Listens on a socket in the data folder, which only its owner can reach: so a backup is made by the one process that
 * writes. Undefined where the folder's path is too long for a socket.
 */
export async function openControl(data: string, actions: Actions): Promise<Control | undefined> {
  const path = join(data, socketName);
  if (Buffer.byteLength(path) > longest) return undefined;
  // The folder is locked by this process, so a socket that is there belongs to one that died.
  await rm(path, { force: true });
  const server = createServer((req, res) => {
    const action = actions[(req.url ?? '').slice(1)];
    const answer = async () => {
      if (action === undefined) throw new AppError('not_found', `There is no ${String(req.url)}.`);
      const result = await action(JSON.parse(await read(req)));
      res.end(JSON.stringify(result));
    };
    answer().catch((error: unknown) => sendProblem(res, error, 'control'));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  await chmod(path, 0o600);
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** Asks the process that has the data folder; `unavailable` when it does not listen. */
export async function askControl(
  data: string,
  action: string,
  argument: unknown,
): Promise<unknown> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ socketPath: join(data, socketName), path: `/${action}`, method: 'POST' }, resolve)
      .once('error', (cause) => {
        reject(new AppError('unavailable', `No server answers in ${data}.`, { cause }));
      })
      .end(JSON.stringify(argument));
  });
  const body: unknown = JSON.parse(await read(response));
  if (response.statusCode === 200) return body;
  throw new AppError('internal', (body as { detail: string }).detail);
}

async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
