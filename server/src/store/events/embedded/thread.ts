import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker, type Transferable } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../../errors.ts';

/** What crosses the border: a call, and its answer. */
export interface CallMessage {
  readonly call: number;
  readonly method: string;
  readonly argument: unknown;
}
export type AnswerMessage =
  | { readonly call: number; readonly result: unknown }
  | {
      readonly call: number;
      readonly error: {
        readonly code: ErrorCode | 'bug';
        readonly message: string;
        readonly stack?: string | undefined;
      };
    };

/** The methods that a thread answers, by name. */
export type Methods = Readonly<Record<string, (argument: never) => unknown>>;
export type Argument<F> = F extends (argument: infer A) => unknown ? A : never;
export type Result<F> = F extends (argument: never) => infer R ? Awaited<R> : never;

export interface Thread<M extends Methods> {
  readonly call: <K extends keyof M & string>(
    method: K,
    argument: Argument<M[K]>,
    transfer?: readonly Transferable[],
  ) => Promise<Result<M[K]>>;
  /** Calls under way. */
  readonly pending: () => number;
  readonly ended: () => boolean;
  /** Ends at once; what is under way is rejected as `unavailable`. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the worker `name` that lies beside the module `base` (its import.meta.url). From TypeScript source the worker
 * gets the loader first: a worker does not inherit it.
 */
export function startThread<M extends Methods>(
  base: string,
  name: string,
  data: unknown,
): Thread<M> {
  const worker = base.endsWith('.ts')
    ? new Worker(bootstrap(new URL(`./${name}.ts`, base)), {
        eval: true,
        execArgv: ['--conditions=source'],
        workerData: data,
      })
    : new Worker(new URL(`./${name}.js`, base), { workerData: data });
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (error: Error) => void }
  >();
  let calls = 0;
  let ended: AppError | undefined;

  worker.on('message', (answer: AnswerMessage) => {
    const waiter = waiting.get(answer.call);
    waiting.delete(answer.call);
    if (waiter === undefined) return;
    if ('error' in answer) waiter.reject(revive(answer.error));
    else waiter.resolve(answer.result as never);
  });
  const end = (reason: string, cause?: unknown): void => {
    ended ??= new AppError('unavailable', `the ${name} thread ended: ${reason}`, {
      cause,
      retryAfterSeconds: 1,
    });
    for (const waiter of waiting.values()) waiter.reject(ended);
    waiting.clear();
  };
  worker.on('error', (cause) => {
    end(cause instanceof Error ? cause.message : String(cause), cause);
  });
  worker.on('exit', (code) => {
    end(`exit ${code}`);
  });
  return {
    call: (method, argument, transfer = []) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) {
          reject(ended);
          return;
        }
        const call = ++calls;
        waiting.set(call, { resolve, reject });
        worker.postMessage({ call, method, argument } satisfies CallMessage, transfer);
      }),
    pending: () => waiting.size,
    ended: () => ended !== undefined,
    stop: async () => {
      end('stopped');
      await worker.terminate();
    },
  };
}

function bootstrap(entry: URL): string {
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json');
  const api = pathToFileURL(join(dirname(tsx), 'dist/esm/api/index.mjs'));
  return `import(${JSON.stringify(api.href)}).then(({ register }) => {
    register();
    return import(${JSON.stringify(entry.href)});
  })`;
}

function revive(error: {
  readonly code: ErrorCode | 'bug';
  readonly message: string;
  readonly stack?: string | undefined;
}): Error {
  if (error.code !== 'bug')
    return new AppError(
      error.code,
      error.message,
      error.code === 'unavailable' ? { retryAfterSeconds: 2 } : {},
    );
  const bug = new Error(error.message);
  if (error.stack !== undefined) bug.stack = error.stack;
  return bug;
}
