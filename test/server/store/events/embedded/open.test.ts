import { openEmbeddedEvents } from '@assay/server/store/events/embedded/open';
import { assertDurable, openDurable } from '@assay/server/store/events/embedded/log/file';
import { restoreEvents } from '@assay/server/store/events/embedded/restore';
import type { EventStore } from '@assay/server/store/events/port';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, exposure, noon, track } from '../../../../contract/event-store/stores.ts';

let folder: string;
const open: EventStore[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-embedded-'));
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});
async function openStore(where = join(folder, 'events')): Promise<EventStore> {
  const store = await openEmbeddedEvents({ folder: where, readers: 1 });
  open.push(store);
  return store;
}
const ids = async (store: EventStore): Promise<string[]> =>
  (await store.recent('production', 100_000)).map((e) => e.id).toSorted();

describe('durability', () => {
  it('a commit is a sync on every writing connection, also after its first write and when opened again', () => {
    const path = join(folder, 'a.db');
    for (let i = 0; i < 2; i++) {
      const db = openDurable(path);
      db.exec('create table if not exists t (x)');
      db.exec('insert into t values (1)');
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(() => {
        assertDurable(db);
      }).not.toThrow();
      db.pragma('synchronous = normal');
      expect(() => {
        assertDurable(db);
      }).toThrow('synchronous is 1 in mode wal, must be 2 (full) in wal');
      db.close();
    }
  });
  it('what was acknowledged is there when it is opened again', async () => {
    const store = await openStore();
    const events = [exposure('u1', 'a'), track('u1', 'paid', { at: noon + 40 * day })];
    await store.append(events);
    await store.close();
    const again = await openStore();
    expect(await ids(again)).toEqual(events.map((e) => e.id).toSorted());
    expect(await again.append(events)).toEqual({ accepted: 0, duplicates: 2 });
    expect((await again.status()).events).toBe(2);
  });
});

describe('files', () => {
  it('one a month, one for wrong clocks, however wrong', async () => {
    const store = await openStore();
    await store.append([
      track('u', 'paid', { at: Date.UTC(2026, 0, 31) }),
      track('u', 'paid', { at: Date.UTC(2026, 1, 1) }),
      ...[1970, 1999, 2031, 2077, 2250].map((year) =>
        track('u', 'paid', { at: Date.UTC(year, 0), time: noon }),
      ),
    ]);
    const names = (await readdir(join(folder, 'events'))).filter((n) => /^log.*\.db$/.test(n));
    expect(names.toSorted()).toEqual(['log-202601.db', 'log-202602.db', 'log-odd.db']);
  });
  it('works over more months than are kept open', async () => {
    const store = await openStore();
    const events = Array.from({ length: 20 }, (_, i) =>
      track(`u${i}`, 'paid', { at: Date.UTC(2018, i, 3) }),
    );
    for (let i = 0; i < 20; i += 7) await store.append(events.slice(i, i + 7));
    expect(await store.append(events)).toEqual({ accepted: 0, duplicates: 20 });
    expect((await store.status()).events).toBe(20);
    expect(await ids(store)).toHaveLength(20);
    await store.backup(join(folder, 'copy'));
    expect((await readdir(join(folder, 'copy'))).filter((n) => n.startsWith('log-'))).toHaveLength(
      20,
    );
  });
  it('a second process is refused, and the folder is free after the first', async () => {
    const store = await openStore();
    await expect(openStore()).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining('is in use by another process') as string,
    });
    await store.close();
    await expect(openStore()).resolves.toBeDefined();
  });
  it('a file of a newer version is left alone', async () => {
    const store = await openStore();
    await store.append([track('u', 'paid')]);
    await store.close();
    const db = openDurable(join(folder, 'events', 'log-202601.db'));
    db.pragma('user_version = 99');
    db.close();
    const again = await openStore();
    await expect(again.append([track('u', 'paid')])).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('is of version 99') as string,
    });
  });
  it('bad events are kept to the newest 10,000', async () => {
    const store = await openStore();
    const bad = (from: number) =>
      Array.from({ length: 6_000 }, (_, i) => ({
        at: noon,
        environment: 'production',
        code: 'invalid',
        detail: String(from + i),
        body: 'x'.repeat(3_000),
      }));
    await store.noteRejected(bad(0));
    await store.noteRejected(bad(6_000));
    const kept = await store.rejected('production', 20_000);
    expect([kept.length, kept[0]?.detail, kept.at(-1)?.detail, kept[0]?.body.length]).toEqual([
      10_000,
      '11999',
      '2000',
      2_000,
    ]);
  });
});

describe('reading', () => {
  it('counts rows of many pages once each', async () => {
    const store = await openStore();
    const paid = Array.from({ length: 25_000 }, (_, i) =>
      track('u1', 'paid', { at: noon + 1 + i }),
    );
    await store.append([exposure('u1', 'a', { at: noon }), ...paid]);
    const { rows } = await store.moments({
      environment: 'production',
      experiment: 'one-page',
      phase: 1,
      unitType: 'userId',
      variants: ['a'],
      from: noon,
      to: noon + day,
      asOf: noon + day,
      reading: 'all',
      timeZone: 'UTC',
      metrics: [{ id: 'm', kind: 'count', event: 'paid' }],
    });
    expect(rows[0]?.moments).toEqual({ n: 1, mean: [25_000], comoment: [0] });
  });
});

describe('backup', () => {
  it('is whole while events keep coming, and restores into an empty folder', async () => {
    const store = await openStore();
    const before = Array.from({ length: 3_000 }, (_, i) =>
      track(`u${i}`, 'paid', { at: noon + i * 3_600_000 }),
    );
    await store.append(before);
    const stop = new AbortController();
    const writing = (async () => {
      for (let i = 0; !stop.signal.aborted; i++)
        await store.append([track(`w${i}`, 'visit', { at: noon + i })]);
    })();
    await store.backup(join(folder, 'copy'));
    stop.abort();
    await writing;
    const manifest = await restoreEvents(join(folder, 'copy'), join(folder, 'restored'));
    expect(manifest.files.map((f) => f.name)).toEqual([
      'log-202601.db',
      'log-202602.db',
      'log-202603.db',
      'log-202604.db',
      'log-202605.db',
      'rejected.db',
    ]);
    const restored = await openStore(join(folder, 'restored'));
    const got = new Set(await ids(restored));
    expect(before.every((e) => got.has(e.id))).toBe(true);
    expect(await restored.append(before)).toEqual({ accepted: 0, duplicates: 3_000 });
  });
  it('a changed or missing file is named, and nothing is restored', async () => {
    const store = await openStore();
    await store.append([track('u', 'paid')]);
    await store.backup(join(folder, 'copy'));
    await appendFile(join(folder, 'copy', 'log-202601.db'), 'x');
    await rm(join(folder, 'copy', 'rejected.db'));
    await expect(restoreEvents(join(folder, 'copy'), join(folder, 'restored'))).rejects.toThrow(
      'the backup is damaged: log-202601.db, rejected.db is missing or changed',
    );
    expect(existsSync(join(folder, 'restored'))).toBe(false);
  });
  it('never over other events', async () => {
    const store = await openStore();
    await store.append([track('u', 'paid')]);
    await store.backup(join(folder, 'copy'));
    await expect(restoreEvents(join(folder, 'copy'), join(folder, 'events'))).rejects.toMatchObject(
      { code: 'conflict' },
    );
  });
});

/** A file system of a few MB, where this machine lets us make one. */
function mountSmall(at: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', at], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  it('is told as unavailable, loses nothing that was acknowledged, and is over when there is room', async (ctx) => {
    const small = join(folder, 'small');
    await mkdir(small);
    if (!mountSmall(small, '6m'))
      ctx.skip('no small file system can be mounted here (needs root on Linux)');
    try {
      await writeFile(join(small, 'ballast'), Buffer.alloc(1_500_000));
      const store = await openEmbeddedEvents({ folder: join(small, 'events'), readers: 1 });
      const kept: string[] = [];
      let failure: unknown;
      for (let i = 0; failure === undefined && i < 2_000; i++) {
        const batch = Array.from({ length: 50 }, (_, j) =>
          track(`unit-${i}-${j}`, 'paid', {
            at: noon + i * 60_000 + j,
            properties: { note: 'x'.repeat(100) },
          }),
        );
        try {
          await store.append(batch);
          kept.push(...batch.map((e) => e.id));
        } catch (error) {
          failure = error;
        }
      }
      expect(failure).toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('the disk is full') as string,
        retryAfterSeconds: 2,
      });
      expect(kept.length).toBeGreaterThan(1_000);
      const got = new Set(await ids(store));
      expect(kept.filter((id) => !got.has(id))).toEqual([]);
      await expect(store.append([track('u', 'paid')])).rejects.toMatchObject({
        code: 'unavailable',
      });
      await rm(join(small, 'ballast'));
      const more = track('u', 'paid');
      expect(await store.append([more])).toEqual({ accepted: 1, duplicates: 0 });
      expect(new Set(await ids(store)).has(more.id)).toBe(true);
      await store.close();
    } finally {
      execFileSync('umount', ['-l', small]);
    }
  }, 60_000);
});
