import { AppError } from '@assay/server/errors';
import { createIntake, type Intake } from '@assay/server/intake/http';
import type { LiveEvent } from '@assay/server/contract/looking';
import type { EventStore, StoredEvent } from '@assay/server/store/events/port';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPlainEvents } from '../../support/plain-events.ts';

const now = Date.UTC(2026, 2, 1, 12);
let store: EventStore;
let failure: AppError | undefined;
/** Above the most that is ever turned away, so that a busy machine does not spoil the other tests. */
const neverShed = 0.99;
let chance = neverShed;
let intake: Intake;
let server: Server;
let url = '';
const bugs: unknown[] = [];

beforeAll(async () => {
  const inner: EventStore = openPlainEvents(() => now);
  store = {
    ...inner,
    append: (batch) => (failure === undefined ? inner.append(batch) : Promise.reject(failure)),
  };
  intake = createIntake({
    store,
    authenticate: (key) =>
      ({
        ck_1: { environment: 'production', kind: 'client' } as const,
        sk_1: { environment: 'staging', kind: 'server' } as const,
      })[key],
    clock: () => now,
    chance: () => chance,
    knows: {
      experiment: (_, key) => key === 'one-page',
      event: (_, name) => name === 'order_paid',
    },
    bug: (error) => bugs.push(error),
  });
  server = createServer((req, res) => {
    if (!intake.handle(req, res)) res.writeHead(404).end('elsewhere');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await intake.close();
});
beforeEach(() => {
  failure = undefined;
  chance = neverShed;
});

let serial = 0;
const uuid = (): string => `0190a000-0000-7000-8000-${(++serial).toString(16).padStart(12, '0')}`;
const paid = (rest: object = {}) => ({
  id: uuid(),
  type: 'track',
  at: now - 1_000,
  unit: 'u1',
  name: 'order_paid',
  value: 3,
  ...rest,
});
const post = (body: BodyInit, headers: Record<string, string> = {}, query = '') =>
  fetch(`${url}/sdk/v1/events${query}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...(query === '' && { authorization: 'Bearer ck_1' }),
      ...headers,
    },
  });
const send = (...events: object[]) => post(JSON.stringify({ events, sentAt: now }));
const stored = (environment = 'production'): Promise<readonly StoredEvent[]> =>
  store.recent(environment, 1_000);

describe('POST /sdk/v1/events', () => {
  it('answers 202 with what became of each event, and stores the good ones', async () => {
    const good = paid();
    const res = await send(good, { type: 'track' }, good);
    expect(res.status).toBe(202);
    expect(await res.json()).toEqual({
      accepted: 1,
      duplicates: 1,
      rejected: [{ index: 1, code: 'invalid', detail: 'id is missing' }],
    });
    expect((await stored()).some((e) => e.id === good.id)).toBe(true);
  });
  it('counts a retry as a duplicate', async () => {
    const event = paid();
    await send(event);
    expect(await (await send(event)).json()).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
  });
  it('leaves other paths alone', async () => {
    expect(await (await fetch(`${url}/sdk/v1/ruleset`)).text()).toBe('elsewhere');
  });
  it('takes gzip, text/plain from a beacon, a key in the query, and a byte order mark', async () => {
    const body = () => JSON.stringify({ events: [paid()] });
    expect((await post(gzipSync(body()), { 'content-encoding': 'gzip' })).status).toBe(202);
    expect(
      (await post(body(), { 'content-type': 'text/plain;charset=UTF-8' }, '?key=ck_1')).status,
    ).toBe(202);
    expect((await post(`\ufeff${body()}`)).status).toBe(202);
  });
  it('stores into the environment of the key', async () => {
    const event = paid();
    await post(JSON.stringify({ events: [event] }), { authorization: 'Bearer sk_1' });
    expect((await stored('staging')).map((e) => e.id)).toEqual([event.id]);
    expect((await stored()).some((e) => e.id === event.id)).toBe(false);
  });

  const big = JSON.stringify({ events: [], pad: 'x'.repeat(1_100_000) });
  it.each([
    ['no key', 401, 'unauthenticated', () => post('{}', { authorization: '' })],
    ['an unknown key', 401, 'unauthenticated', () => post('{}', { authorization: 'Bearer ck_2' })],
    ['a server key in the address', 401, 'unauthenticated', () => post('{}', {}, '?key=sk_1')],
    ['what is not JSON', 400, 'invalid', () => post('{"events":')],
    ['what is not a batch', 400, 'invalid', () => post('[]')],
    ['what is not UTF-8', 400, 'invalid', () => post(new Uint8Array([0x7b, 0xff, 0x7d]))],
    ['what is not gzip', 400, 'invalid', () => post('plain', { 'content-encoding': 'gzip' })],
    ['brotli', 415, 'invalid', () => post(brotliCompressSync('{}'), { 'content-encoding': 'br' })],
    [
      'a form',
      415,
      'invalid',
      () => post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    [
      'UTF-7',
      415,
      'invalid',
      () => post('{}', { 'content-type': 'application/json; charset=utf-7' }),
    ],
    ['more than 1 MiB', 413, 'too_large', () => post(big)],
    [
      'a bomb',
      413,
      'too_large',
      () => post(gzipSync('x'.repeat(20_000_000)), { 'content-encoding': 'gzip' }),
    ],
    [
      'more than 1,000 events',
      413,
      'too_large',
      () => post(JSON.stringify({ events: Array.from({ length: 1_001 }, () => 1) })),
    ],
    ['GET', 405, 'invalid', () => fetch(`${url}/sdk/v1/events`)],
  ])('refuses %s with %d', async (_, status, code, act) => {
    const res = await act();
    expect(res.status).toBe(status);
    expect(res.headers.get('content-type')).toBe('application/problem+json');
    expect(await res.json()).toMatchObject({
      status,
      code,
      requestId: res.headers.get('x-request-id'),
    });
  });

  it('cuts a body without a length at 1 MiB', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const answer = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (d: Buffer) => (text += d.toString()));
      socket.on('close', () => {
        resolve(text);
      });
      socket.on('error', () => undefined);
    });
    socket.write(
      'POST /sdk/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ck_1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n',
    );
    for (let i = 0; i < 20; i++) socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`);
    socket.end('0\r\n\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('says 503 with a reason and a time to come back when nothing can be written', async () => {
    failure = new AppError('unavailable', 'the disk is full', { retryAfterSeconds: 2 });
    const res = await send(paid());
    expect(res.status).toBe(503);
    expect(res.headers.get('retry-after')).toBe('2');
    expect(await res.json()).toMatchObject({ code: 'unavailable', detail: 'the disk is full' });
  });

  it('turns requests away by their headers while the event loop lags, each with a time to come back', async () => {
    const freeze = async (ms: number): Promise<void> => {
      const until = performance.now() + ms;
      while (performance.now() < until);
      await new Promise((resolve) => setTimeout(resolve, 1));
    };
    for (let i = 0; i < 4; i++) await freeze(250);
    chance = 0;
    const res = await send(paid());
    expect(res.status).toBe(503);
    expect(Number(res.headers.get('retry-after'))).toBe(1);
    await expect.poll(async () => (await send(paid())).status, { timeout: 15_000 }).toBe(202);
  });

  it('answers a page of any origin, without credentials', async () => {
    const preflight = await fetch(`${url}/sdk/v1/events`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await send(paid())).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('keeps rejected events with their bodies', async () => {
    await send({ id: 'bad', type: 'track', unit: 'u9' });
    await intake.close();
    const [newest] = await store.rejected('production', 1);
    expect(newest).toMatchObject({
      code: 'invalid',
      at: now,
      body: '{"id":"bad","type":"track","unit":"u9"}',
    });
  });
  it('met no bug', () => {
    expect(bugs).toEqual([]);
  });
});

describe('the live view', () => {
  it('shows what arrives with its marks, and nothing after it is closed', async () => {
    const live = createIntake({
      store,
      authenticate: () => ({ environment: 'production', kind: 'client' }),
      clock: () => now,
      chance: () => neverShed,
      knows: { experiment: (_, key) => key === 'one-page', event: () => false },
      bug: (error) => bugs.push(error),
    });
    const own = createServer((req, res) => void live.handle(req, res));
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(own.address() as AddressInfo).port}/sdk/v1/events`;
    const seen: LiveEvent[] = [];
    const end = live.subscribe('production', (events) => seen.push(...events));
    await store.seen('production');
    const shown = { type: 'exposure', at: now, unit: 'u2', flag: 'f', variant: 'a' };
    await fetch(target, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
      body: JSON.stringify({
        events: [
          { ...shown, id: uuid(), experiment: 'one-page' },
          { ...shown, id: uuid(), experiment: 'nobody-knows' },
          paid(),
          paid({ name: 'brand_new', at: now - 2 * 3_600_000 }),
          { id: 'bad', type: 'track', unit: 'u9', name: 'order_paid' },
        ],
      }),
    });
    await expect.poll(() => seen.length).toBe(5);
    expect(seen.map((e) => [e.type, e.name, e.unit, e.marks])).toEqual([
      ['exposure', 'one-page', 'u2', []],
      ['exposure', 'nobody-knows', 'u2', ['unknownExperiment']],
      ['track', 'order_paid', 'u1', ['unknownEvent']],
      ['track', 'brand_new', 'u1', ['firstEver', 'late']],
      ['rejected', 'order_paid', 'u9', ['invalid']],
    ]);
    end();
    await live.close();
    own.closeAllConnections();
    own.close();
  });
});
