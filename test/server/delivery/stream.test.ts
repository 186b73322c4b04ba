import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Published, Publication, Publisher } from '@assay/server/delivery/publisher';
import { createStreams } from '@assay/server/delivery/stream';

const key = { environment: 'production', kind: 'client', text: 'ck_1' } as const;

/** Streams over real HTTP, of a publisher that publishes when told to. */
async function opened() {
  const state = { version: 1, now: 0, valid: true };
  const listeners = new Set<(p: Publication) => void>();
  const publisher: Publisher = {
    current: () => ({ version: state.version }) as Published,
    onPublish(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {},
  };
  const streams = createStreams({
    publisher,
    clock: () => state.now,
    chance: () => 0,
    isValid: () => state.valid,
  });
  const server = createServer((_req, res) => {
    streams.open(res, key);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    streams.close();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const connect = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1' }, resolve).on('error', reject);
    });
  const publish = () => {
    state.version++;
    for (const listener of listeners) listener({ ...key, version: state.version });
  };
  return { streams, state, connect, publish };
}
async function listen(connect: () => Promise<IncomingMessage>) {
  const res = await connect();
  let text = '';
  let ended = false;
  res.setEncoding('utf8');
  res.on('data', (chunk: string) => (text += chunk));
  res.on('end', () => (ended = true));
  await expect.poll(() => text).toContain('data');
  return { text: () => text, ended: () => ended };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('sends a sign of life every 20 seconds', async () => {
  const { connect } = await opened();
  const stream = await listen(connect);
  vi.advanceTimersByTime(19_999);
  vi.advanceTimersByTime(20_001);
  await expect.poll(() => stream.text()).toBe('retry: 2000\n\ndata: {"version": 1}\n\n:\n\n:\n\n');
});

it('says nothing of a version that is not newer', async () => {
  const { connect, publish, state } = await opened();
  const stream = await listen(connect);
  state.version = -1;
  publish();
  publish();
  publish();
  await expect
    .poll(() => stream.text().match(/data: .*/g))
    .toEqual(['data: {"version": 1}', 'data: {"version": 2}']);
});

it('ends when the key is no longer good', async () => {
  const { connect, state, streams } = await opened();
  const stream = await listen(connect);
  state.valid = false;
  vi.advanceTimersByTime(20_000);
  await expect.poll(() => stream.ended()).toBe(true);
  expect(streams.count()).toBe(0);
});

it('ends after its time, so that connections spread again', async () => {
  const { connect, state } = await opened();
  const stream = await listen(connect);
  state.now = 20 * 60_000 - 1;
  vi.advanceTimersByTime(20_000);
  await expect.poll(() => stream.text()).toMatch(/:\n\n$/);
  expect(stream.ended()).toBe(false);
  state.now = 20 * 60_000;
  vi.advanceTimersByTime(20_000);
  await expect.poll(() => stream.ended()).toBe(true);
});

it('cuts a reader that does not read', async () => {
  const { connect, publish, streams } = await opened();
  const res = await connect();
  res.pause();
  await expect.poll(() => streams.count()).toBe(1);
  for (let i = 0; i < 400 && streams.count() > 0; i++) {
    for (let j = 0; j < 1_000; j++) publish();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  await expect.poll(() => streams.count()).toBe(0);
});
