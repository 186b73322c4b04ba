import { createGroups } from '@assay/server/store/events/embedded/groups';
import type { Packed } from '@assay/server/store/events/embedded/log/pack';
import { describe, expect, it } from 'vitest';
import { track } from '../../../../contract/event-store/stores.ts';

const batch = (n: number) => Array.from({ length: n }, () => track('u', 'paid'));

function recorder() {
  const groups: Packed[] = [];
  const answers: ((accepted: Uint8Array | Error) => void)[] = [];
  const commit = (packed: Packed): Promise<Uint8Array> => {
    groups.push(packed);
    return new Promise((resolve, reject) =>
      answers.push((accepted) => {
        if (accepted instanceof Error) reject(accepted);
        else resolve(accepted);
      }),
    );
  };
  return { groups, answers, commit };
}

describe('group commit', () => {
  it('gathers what comes within 5 ms and answers each batch its own', async () => {
    const { groups, answers, commit } = recorder();
    const { append } = createGroups(commit);
    const first = append(batch(2));
    const second = append(batch(3));
    await expect.poll(() => groups.length).toBe(1);
    expect(groups[0]?.count).toBe(5);
    answers[0]?.(Uint8Array.of(1, 1, 0, 1, 0));
    expect(await first).toEqual({ accepted: 2, duplicates: 0 });
    expect(await second).toEqual({ accepted: 1, duplicates: 2 });
  });
  it('does not wait once 1,000 events are there; the next group gathers while one is written', async () => {
    const { groups, answers, commit } = recorder();
    const { append } = createGroups(commit);
    const all = [append(batch(400)), append(batch(600))];
    expect(groups).toHaveLength(1);
    all.push(append(batch(700)), append(batch(700)));
    expect(groups).toHaveLength(1);
    answers[0]?.(new Uint8Array(1_000));
    await expect.poll(() => groups.length).toBe(2);
    expect(groups[1]?.count).toBe(1_400);
    answers[1]?.(new Uint8Array(1_400).fill(1));
    expect((await Promise.all(all)).map((r) => r.accepted)).toEqual([0, 0, 700, 700]);
  });
  it('cuts a backlog into groups of at most 5,000', async () => {
    const { groups, answers, commit } = recorder();
    const { append } = createGroups(commit);
    const all = Array.from({ length: 12 }, () => append(batch(1_000)));
    for (let i = 0; i < 4; i++) {
      await expect.poll(() => answers.length).toBeGreaterThan(i);
      answers[i]?.(new Uint8Array(groups[i]?.count ?? 0).fill(1));
      if (groups.reduce((n, g) => n + g.count, 0) === 12_000) break;
    }
    await Promise.all(all);
    expect(groups.map((g) => g.count)).toEqual([1_000, 5_000, 5_000, 1_000]);
  });
  it('a batch that cannot be kept spoils no other', async () => {
    const { groups, answers, commit } = recorder();
    const { append } = createGroups(commit);
    const good = append(batch(1));
    await expect(
      append([track('u', 'paid'), track('u', 'paid', { id: 'x' })]),
    ).rejects.toMatchObject({ code: 'invalid' });
    const other = append(batch(1));
    await expect.poll(() => groups.length).toBe(1);
    expect(groups[0]?.count).toBe(2);
    answers[0]?.(Uint8Array.of(1, 1));
    expect([await good, await other].map((r) => r.accepted)).toEqual([1, 1]);
  });
  it('a failed write fails its batches only', async () => {
    const { groups, answers, commit } = recorder();
    const { append } = createGroups(commit);
    const lost = append(batch(1_000));
    const next = append(batch(1));
    answers[0]?.(new Error('the disk is full'));
    await expect(lost).rejects.toThrow('the disk is full');
    await expect.poll(() => groups.length).toBe(2);
    answers[1]?.(Uint8Array.of(1));
    expect(await next).toEqual({ accepted: 1, duplicates: 0 });
  });
  it('closing writes what waits and refuses what comes', async () => {
    const { answers, commit } = recorder();
    const { append, close } = createGroups(commit);
    const last = append(batch(1));
    const closing = close();
    await expect(append(batch(1))).rejects.toMatchObject({ code: 'unavailable' });
    answers[0]?.(Uint8Array.of(1));
    await closing;
    expect(await last).toEqual({ accepted: 1, duplicates: 0 });
  });
});
