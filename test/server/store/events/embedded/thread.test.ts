import { keepThread } from '@assay/server/store/events/embedded/kept-thread';
import { startThread, type Thread } from '@assay/server/store/events/embedded/thread';
import { afterEach, describe, expect, it } from 'vitest';
import type { EchoMethods } from '../../../../support/echo-thread.ts';

const base = new URL('../../../../support/here.ts', import.meta.url).href;
const started: Thread<EchoMethods>[] = [];
function start(): Thread<EchoMethods> {
  const thread = startThread<EchoMethods>(base, 'echo-thread', 'data');
  started.push(thread);
  return thread;
}
afterEach(async () => {
  for (const thread of started.splice(0)) await thread.stop();
});

describe('startThread', () => {
  it('answers calls, each its own, also out of order', async () => {
    const thread = start();
    const slow = thread.call('later', 50);
    expect(await thread.call('echo', 'hello')).toBe('hello data 1');
    expect(thread.pending()).toBe(1);
    expect(await slow).toBe(50);
  });
  it.each([
    ['SQLITE_FULL', 'the disk is full (SQLITE_FULL: as SQLite says)'],
    ['SQLITE_IOERR_FSYNC', 'the disk fails (SQLITE_IOERR_FSYNC: as SQLite says)'],
    [
      'SQLITE_READONLY_DBMOVED',
      'the data folder is read-only (SQLITE_READONLY_DBMOVED: as SQLite says)',
    ],
    ['ENOSPC', 'the event files fail (ENOSPC: as SQLite says)'],
  ])('tells %s as unavailable, with its reason', async (code, message) => {
    await expect(start().call('fail', code)).rejects.toMatchObject({
      code: 'unavailable',
      message,
      retryAfterSeconds: 2,
    });
  });
  it('keeps the code of an AppError, and a bug a bug', async () => {
    const thread = start();
    await expect(thread.call('refuse', 'no')).rejects.toMatchObject({
      code: 'conflict',
      message: 'no',
    });
    const bug: unknown = await thread.call('bug', undefined).catch((error: unknown) => error);
    expect(bug).toBeInstanceOf(Error);
    expect(bug).not.toHaveProperty('code');
    expect((bug as Error).message).toBe('a slip');
  });
  it('a thread that dies takes its calls with it, at once', async () => {
    const thread = start();
    const waiting = thread.call('later', 60_000);
    await expect(thread.call('die', undefined)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(waiting).rejects.toMatchObject({ code: 'unavailable' });
    await expect(thread.call('echo', 'too late')).rejects.toMatchObject({ code: 'unavailable' });
    expect(thread.ended()).toBe(true);
  });
});

describe('keepThread', () => {
  it('starts a dead thread anew, once for all who call', async () => {
    const kept = await keepThread(() => Promise.resolve(start()));
    expect(await kept.call('echo', 'a')).toBe('a data 1');
    await expect(kept.call('die', undefined)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await Promise.all([kept.call('echo', 'b'), kept.call('echo', 'c')])).toEqual([
      'b data 1',
      'c data 2',
    ]);
    expect(started).toHaveLength(2);
  });
});
