import type { Change, DefinitionStore } from '@assay/server/store/definitions/port';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapters, type Opened } from './adapters.ts';

const change = (over: Partial<Change> = {}): Change => ({
  kind: 'flags',
  key: 'checkout',
  expected: null,
  body: { name: 'Checkout' },
  archived: false,
  action: 'create',
  reason: 'new page',
  author: 'ada@example.com',
  requestId: 'req-1',
  at: 1_700_000_000_000,
  ...over,
});

describe.each(adapters)('definitions in $name', ({ open }) => {
  let opened: Opened;
  let store: DefinitionStore;
  beforeEach(async () => {
    opened = await open();
    ({ store } = opened);
  });
  afterEach(() => opened.dispose());

  it('is empty at first', async () => {
    expect(await store.load()).toEqual({ definitions: [], sequence: 0 });
    expect(await store.audit(10)).toEqual([]);
    expect(await store.revision('flags', 'checkout', 1)).toBeUndefined();
    expect(await store.revisions('flags', 'checkout', 10)).toEqual([]);
  });

  it('creates, replaces and archives, each a revision that stays', async () => {
    await store.append([change()]);
    await store.append([
      change({ expected: 1, body: { name: 'Pay' }, action: 'update', at: 1_700_000_001_000 }),
    ]);
    const [last] = await store.append([
      change({
        expected: 2,
        body: { name: 'Pay' },
        action: 'archive',
        archived: true,
        reason: 'done',
        author: 'bo@example.com',
        at: 1_700_000_002_000,
      }),
    ]);
    const expected = {
      kind: 'flags',
      key: 'checkout',
      revision: 3,
      sequence: 3,
      body: { name: 'Pay' },
      archived: true,
      action: 'archive',
      reason: 'done',
      createdAt: 1_700_000_000_000,
      updatedAt: 1_700_000_002_000,
      updatedBy: 'bo@example.com',
    };
    expect(last).toEqual(expected);
    const { definitions, sequence } = await store.load();
    expect(sequence).toBe(3);
    expect(definitions).toEqual([expect.objectContaining(expected)]);
    const first = await store.revision('flags', 'checkout', 1);
    expect(first).toMatchObject({ revision: 1, body: { name: 'Checkout' }, archived: false });
  });

  it('lists revisions newest first, a page at a time', async () => {
    for (let i = 0; i < 5; i++)
      await store.append([change({ expected: i === 0 ? null : i, body: { i } })]);
    const numbers = async (limit: number, before?: number) =>
      (await store.revisions('flags', 'checkout', limit, before)).map((r) => r.revision);
    expect(await numbers(2)).toEqual([5, 4]);
    expect(await numbers(2, 4)).toEqual([3, 2]);
    expect(await numbers(2, 2)).toEqual([1]);
  });

  it('keeps kinds and keys apart', async () => {
    await store.append([change(), change({ kind: 'metrics' }), change({ key: 'other' })]);
    const { definitions } = await store.load();
    expect(definitions.map((d) => `${d.kind}/${d.key}@${d.revision}`).toSorted()).toEqual([
      'flags/checkout@1',
      'flags/other@1',
      'metrics/checkout@1',
    ]);
  });

  it.each([
    ['creating what exists', change({ expected: null }), 1],
    ['a stale revision', change({ expected: 7 }), 1],
    ['changing what does not exist', change({ key: 'nothing', expected: 1 }), null],
  ])('refuses %s with the current revision', async (_name, stale, revision) => {
    await store.append([change()]);
    await expect(store.append([stale])).rejects.toMatchObject({
      code: 'conflict',
      status: 412,
      extra: { revision },
    });
    expect((await store.load()).sequence).toBe(1);
  });

  it('takes several changes as one: all or nothing', async () => {
    await store.append([change()]);
    await expect(
      store.append([change({ key: 'second' }), change({ expected: 9 })]),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await store.load()).definitions).toHaveLength(1);
    expect(await store.audit(10)).toHaveLength(1);
    expect(await store.append([])).toEqual([]);
  });

  it('lets one of many writers of the same revision win', async () => {
    await store.append([change()]);
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, i) => store.append([change({ expected: 1, body: { i } })])),
    );
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
  });

  it('writes who, when, why, before and after into the audit', async () => {
    await store.append([change()]);
    await store.append([
      change({ expected: 1, body: { name: 'Pay' }, action: 'update', requestId: 'req-2' }),
    ]);
    await store.noteAudit({
      at: 5,
      author: 'bo@example.com',
      action: 'sign-in',
      kind: 'sessions',
      key: 'usr_1',
      reason: '',
      requestId: 'req-3',
      before: null,
      after: { ip: 'gone' },
    });
    const [note, update, create] = await store.audit(10);
    expect(note).toMatchObject({ action: 'sign-in', key: 'usr_1', after: { ip: 'gone' } });
    expect(update).toEqual({
      id: 2,
      at: 1_700_000_000_000,
      author: 'ada@example.com',
      action: 'update',
      kind: 'flags',
      key: 'checkout',
      reason: 'new page',
      requestId: 'req-2',
      before: { name: 'Checkout' },
      after: { name: 'Pay' },
    });
    expect(create).toMatchObject({ before: null, after: { name: 'Checkout' } });
    expect((await store.audit(10, 2)).map((e) => e.id)).toEqual([1]);
  });

  it('purges for good, yet remembers that it did and never uses a number again', async () => {
    await store.append([change(), change({ key: 'kept' })]);
    await store.purge([{ kind: 'flags', key: 'checkout' }], {
      author: 'ada@example.com',
      at: 9,
      requestId: 'req-9',
    });
    const { definitions, sequence } = await store.load();
    expect(definitions.map((d) => d.key)).toEqual(['kept']);
    expect(sequence).toBeGreaterThan(2);
    expect(await store.revisions('flags', 'checkout', 10)).toEqual([]);
    expect((await store.audit(1))[0]).toMatchObject({ action: 'purge', key: 'checkout' });
    const [again] = await store.append([change()]);
    expect(again).toMatchObject({ revision: 1 });
    expect(again?.sequence).toBeGreaterThan(sequence);
  });

  it('is the same after reopening', async () => {
    await store.append([
      change(),
      change({ kind: 'segments', key: 'cn', body: { 名: ['长', 1] } }),
    ]);
    const before = await store.load();
    store = await opened.reopen();
    expect(await store.load()).toEqual(before);
  });

  it('numbers revisions without gaps, whatever the order of writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 20 }),
        fc.uuid(),
        async (keys, run) => {
          const start = (await store.load()).sequence;
          const count = new Map<string, number>();
          for (const name of keys) {
            const key = `${run}-${name}`;
            const expected = count.get(key) ?? null;
            const [made] = await store.append([change({ key, expected })]);
            count.set(key, (expected ?? 0) + 1);
            expect(made?.revision).toBe((expected ?? 0) + 1);
          }
          expect((await store.load()).sequence).toBe(start + keys.length);
        },
      ),
      { numRuns: 20 },
    );
  });
});
