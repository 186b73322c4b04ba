import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '@assay/server/config';
import { backup, restore } from '@assay/server/cli/backup';
import { describe, expect, it } from 'vitest';
import { call, startServer, temporaryFolder } from '../../support/server.ts';

const configOf = (data: string) => readConfig({ ASSAY_DATA: data });
const metric = { key: 'orders', kind: 'count', event: 'order_paid' };

async function shop() {
  const server = await startServer();
  const { url } = server;
  expect((await call(url, 'POST /api/metrics', { body: metric })).status).toBe(201);
  const key = await call(url, 'POST /api/sdk-keys', {
    body: { environment: 'production', kind: 'server', name: 'shop' },
  });
  const headers = { authorization: `Bearer ${(key.body as { key: string }).key}` };
  const send = async (from: number, to: number) => {
    const events = [];
    for (let i = from; i < to; i++)
      events.push({
        id: `00000000-0000-7000-8000-${String(i).padStart(12, '0')}`,
        type: 'track',
        at: Date.now(),
        unit: `u${i}`,
        name: 'order_paid',
      });
    const body = { events, sentAt: Date.now() };
    expect(await call(url, 'POST /sdk/v1/events', { body, headers })).toMatchObject({
      status: 202,
      body: { accepted: to - from },
    });
  };
  return { server, headers, send };
}
const stored = async (url: string) =>
  ((await call(url, 'GET /api/about')).body as { store: { events: number } }).store.events;

describe('a backup', () => {
  it('made while the server runs is restored into a new folder, and only that far', async () => {
    const { server, headers, send } = await shop();
    await send(0, 50);
    const to = join(temporaryFolder(), 'backup');
    await backup(configOf(server.data), to);
    await send(50, 60);
    await call(server.url, 'POST /api/metrics', { body: { ...metric, key: 'later' } });
    const before = await call(server.url, 'GET /sdk/v1/ruleset', { headers });

    const data = join(temporaryFolder(), 'data');
    await restore(configOf(data), to);
    const restored = await startServer({ ASSAY_DATA: data });
    expect(await stored(restored.url)).toBe(50);
    expect((await call(restored.url, 'GET /api/metrics/orders')).status).toBe(200);
    expect((await call(restored.url, 'GET /api/metrics/later')).status).toBe(404);
    expect(await stored(server.url)).toBe(60);
    // Apps never go back to an older version, so the restored server's must be newer than what they have.
    const after = await call(restored.url, 'GET /sdk/v1/ruleset', { headers });
    const version = (answer: { body: unknown }) => (answer.body as { version: number }).version;
    expect(version(after)).toBeGreaterThan(version(before));
  });

  it('is made by the command itself when no server runs', async () => {
    const { server, send } = await shop();
    await send(0, 5);
    await server.close();
    const to = join(temporaryFolder(), 'backup');
    await backup(configOf(server.data), to);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    const { files } = JSON.parse(readFileSync(join(to, 'backup.json'), 'utf8')) as {
      files: { path: string; sha256: string }[];
    };
    expect(files.map((f) => f.path)).toContain('assay.db');
    expect(files.some((f) => f.path.startsWith('events/'))).toBe(true);
    for (const { sha256 } of files) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is refused where something is already', async () => {
    const { server } = await shop();
    const to = temporaryFolder();
    await expect(backup(configOf(server.data), to)).rejects.toThrow('a backup needs a new folder');
    await server.close();
    await expect(backup(configOf(server.data), to)).rejects.toThrow('a backup needs a new folder');
    expect(readdirSync(to)).toEqual([]);
  });

  it('that was damaged, or is none, is not restored', async () => {
    const { server } = await shop();
    const to = join(temporaryFolder(), 'backup');
    await backup(configOf(server.data), to);
    const data = join(temporaryFolder(), 'data');
    await expect(restore(configOf(data), temporaryFolder())).rejects.toThrow('is no backup');
    const bytes = readFileSync(join(to, 'assay.db'));
    bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
    writeFileSync(join(to, 'assay.db'), bytes);
    await expect(restore(configOf(data), to)).rejects.toThrow(
      'The backup is damaged: assay.db missing or changed.',
    );
  });

  it('is not restored over other data', async () => {
    const { server } = await shop();
    const to = join(temporaryFolder(), 'backup');
    await backup(configOf(server.data), to);
    const data = join(temporaryFolder(), 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'mine'), '');
    await expect(restore(configOf(data), to)).rejects.toThrow('is not empty');
    expect(readdirSync(data)).toEqual(['mine']);
  });
});
