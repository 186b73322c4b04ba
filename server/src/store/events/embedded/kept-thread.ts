import type { Argument, Methods, Result, Thread } from './thread.ts';

export interface KeptThread<M extends Methods> {
  readonly call: Thread<M>['call'];
  readonly stop: () => Promise<void>;
}

/** A thread that is started anew when it has died: what was under way is lost to its callers, what comes next is not. */
export async function keepThread<M extends Methods>(
  start: () => Promise<Thread<M>>,
): Promise<KeptThread<M>> {
  let thread = await start();
  let starting: Promise<Thread<M>> | undefined;

  async function alive(): Promise<Thread<M>> {
    if (!thread.ended()) return thread;
    starting ??= start().finally(() => {
      starting = undefined;
    });
    thread = await starting;
    return thread;
  }
  return {
    call: async <K extends keyof M & string>(
      method: K,
      argument: Argument<M[K]>,
      transfer?: Parameters<Thread<M>['call']>[2],
    ): Promise<Result<M[K]>> => (await alive()).call(method, argument, transfer),
    stop: () => thread.stop(),
  };
}
