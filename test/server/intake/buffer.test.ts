import { createBuffer, retryAfter } from '@assay/server/intake/buffer';
import type { StoredEvent } from '@assay/server/store/events/port';
import { expect, it } from 'vitest';

const events = (n: number): StoredEvent[] => Array.from({ length: n }, () => ({}) as StoredEvent);

it('refuses with 429 and a time to come back once the bound is reached, and takes again when it is written', async () => {
  const write: (() => void)[] = [];
  const store = {
    append: (batch: readonly StoredEvent[]) =>
      new Promise<{ accepted: number; duplicates: number }>((resolve) =>
        write.push(() => {
          resolve({ accepted: batch.length, duplicates: 0 });
        }),
      ),
  };
  const buffer = createBuffer(store, () => 0.5, 10);
  const first = buffer.append(events(8));
  await expect(buffer.append(events(3))).rejects.toMatchObject({
    code: 'rate_limited',
    message: '8 events wait to be written, at most 10',
    retryAfterSeconds: 3,
  });
  const second = buffer.append(events(2));
  expect(buffer.waiting()).toBe(10);
  for (const done of write) done();
  expect((await first).accepted + (await second).accepted).toBe(10);
  expect(buffer.waiting()).toBe(0);
});

it('frees the room of what could not be written', async () => {
  const buffer = createBuffer({ append: () => Promise.reject(new Error('disk')) }, () => 0, 10);
  await expect(buffer.append(events(9))).rejects.toThrow('disk');
  expect(buffer.waiting()).toBe(0);
});

it('takes one batch larger than the bound when nothing waits', async () => {
  const buffer = createBuffer(
    { append: () => Promise.resolve({ accepted: 20, duplicates: 0 }) },
    () => 0,
    10,
  );
  expect(await buffer.append(events(20))).toEqual({ accepted: 20, duplicates: 0 });
});

it.each([
  [0, 1],
  [0.5, 3],
  [0.999, 5],
])('retryAfter(%d) is %d s', (chance, seconds) => {
  expect(retryAfter(() => chance)).toBe(seconds);
});
