import { createServer, get, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '@assay/server/definitions/catalogue';
import { createDelivery, type Delivery } from '@assay/server/delivery/http';
import { checkout, freshCatalogue, noon } from '../../support/definitions.ts';

const keys = new Map([
  ['ck_1', { environment: 'production', kind: 'client' }],
  ['sk_1', { environment: 'production', kind: 'server' }],
  ['ck_staging', { environment: 'staging', kind: 'client' }],
  ['ck_gone', { environment: 'gone', kind: 'client' }],
] as const);
let catalogue: Catalogue;
let delivery: Delivery;
let origin: string;
const server = createServer((req, res) => {
  if (!delivery.handle(req, res)) res.writeHead(418).end();
});

beforeAll(async () => {
  ({ catalogue } = await freshCatalogue());
  delivery = createDelivery({
    catalogue,
    authenticate: (key) => keys.get(key as 'ck_1'),
    clock: Date.now,
    chance: () => 0.5,
    bug(error) {
      throw error;
    },
  });
  await save(checkout);
  await save({ ...checkout, key: 'hidden', clientVisible: false });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  delivery.close();
  server.close();
});

async function save(body: { key: string; [member: string]: unknown }) {
  await catalogue.change((now) => [
    {
      kind: 'flags',
      key: body.key,
      expected: now.flag(body.key)?.revision ?? null,
      body,
      archived: false,
      action: 'update',
      reason: '',
      author: 'ada',
      requestId: 'r1',
      at: noon,
    },
  ]);
}

/** A request without fetch, which would decompress and cache by itself. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    request(origin + path, { method, headers }, resolve)
      .on('error', reject)
      .end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  return { status: res.statusCode, headers: res.headers, body: Buffer.concat(chunks) };
}
const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

describe('GET /sdk/v1/ruleset', () => {
  it('answers the ruleset of the key’s environment and kind', async () => {
    const client = await ask('/sdk/v1/ruleset', bearer('ck_1'));
    expect(client.status).toBe(200);
    expect(client.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=0, must-revalidate',
      vary: 'Accept-Encoding, Authorization',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(client.headers).not.toHaveProperty('access-control-allow-credentials');
    const ruleset = JSON.parse(client.body.toString()) as { environment: string; flags: object };
    expect(ruleset.environment).toBe('production');
    expect(Object.keys(ruleset.flags)).toEqual(['checkout']);
    const whole = await ask('/sdk/v1/ruleset', bearer('sk_1'));
    expect(whole.headers['cache-control']).toBe('private, no-store');
    expect(whole.body.toString()).toContain('"hidden"');
  });

  it('takes a client key from the address, a server key never', async () => {
    expect((await ask('/sdk/v1/ruleset?key=ck_1')).status).toBe(200);
    const refused = await ask('/sdk/v1/ruleset?key=sk_1');
    expect(refused.status).toBe(401);
    expect(refused.body.toString()).toContain('never in an address');
  });

  it('answers 304 to the ETag it gave, and 200 after a change', async () => {
    const { headers } = await ask('/sdk/v1/ruleset', bearer('ck_1'));
    const etag = headers.etag ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const same = await ask('/sdk/v1/ruleset', { ...bearer('ck_1'), 'If-None-Match': etag });
    expect([same.status, same.body.length, same.headers.etag]).toEqual([304, 0, etag]);
    await save({ ...checkout, type: 'string', purpose: 'experiment', tags: ['same ruleset'] });
    const still = await ask('/sdk/v1/ruleset', { ...bearer('ck_1'), 'If-None-Match': etag });
    expect(still.status).toBe(304);
    const { production } = checkout.environments;
    await save({ ...checkout, environments: { production: { ...production, on: false } } });
    const changed = await ask('/sdk/v1/ruleset', { ...bearer('ck_1'), 'If-None-Match': etag });
    expect(changed.status).toBe(200);
    await save(checkout);
  });

  it('sends brotli where it is taken, under the same ETag', async () => {
    const plain = await ask('/sdk/v1/ruleset', bearer('ck_1'));
    const packed = await ask('/sdk/v1/ruleset', {
      ...bearer('ck_1'),
      'Accept-Encoding': 'gzip, br',
    });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', etag: plain.headers.etag });
    expect(Number(packed.headers['content-length'])).toBe(packed.body.length);
    expect(brotliDecompressSync(packed.body)).toEqual(plain.body);
  });

  it.each([
    ['no key', {}, 401, 'unauthenticated', 'An SDK key is needed'],
    ['an unknown key', bearer('ck_2'), 401, 'unauthenticated', 'not known here'],
    [
      'another scheme',
      { Authorization: 'Basic ck_1' },
      401,
      'unauthenticated',
      'An SDK key is needed',
    ],
    ['an environment that is gone', bearer('ck_gone'), 404, 'not_found', '"gone" is not there'],
  ])('tells %s apart by a problem document', async (_, headers, ...[status, code, detail]) => {
    const answer = await ask('/sdk/v1/ruleset', headers);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'access-control-allow-origin': '*',
    });
    const problem = JSON.parse(answer.body.toString()) as { detail: string };
    expect(problem).toMatchObject({ status, code });
    expect(problem.detail).toContain(detail);
    expect(answer.status).toBe(status);
  });

  it('answers a preflight without a key', async () => {
    const { status, headers } = await ask(
      '/sdk/v1/ruleset',
      { Origin: 'https://shop.example' },
      'OPTIONS',
    );
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, OPTIONS',
      'access-control-max-age': '86400',
    });
    expect(headers['access-control-allow-headers']).toContain('Authorization');
  });

  it('takes no other method, and leaves other paths alone', async () => {
    const refused = await ask('/sdk/v1/ruleset', bearer('sk_1'), 'DELETE');
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, OPTIONS']);
    expect((await ask('/sdk/v1/rulesets', bearer('ck_1'))).status).toBe(418);
    expect((await ask('/sdk/v1/events', bearer('ck_1'))).status).toBe(418);
  });
});

/** Reads a stream; `next` waits for a message that is not a comment. */
async function listen(path: string, headers: Record<string, string> = {}) {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    get(origin + path, { headers }, resolve).on('error', reject);
  });
  res.setEncoding('utf8');
  let text = '';
  res.on('data', (chunk: string) => (text += chunk));
  return {
    res,
    text: () => text,
    async until(pattern: RegExp, ms = 2_000) {
      const end = performance.now() + ms;
      while (!pattern.test(text)) {
        if (performance.now() > end) throw new Error(`No ${String(pattern)} in: ${text}`);
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        });
      }
    },
  };
}

describe('GET /sdk/v1/stream', () => {
  it('tells the version on connecting, then at once on every change', async () => {
    const stream = await listen('/sdk/v1/stream?key=ck_1');
    expect(stream.res.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'access-control-allow-origin': '*',
    });
    const before = delivery.publisher.current('production', 'client')?.version ?? 0;
    await stream.until(new RegExp(`^retry: 6000\n\ndata: {"version": ${before}}\n\n$`));
    const { production } = checkout.environments;
    const started = performance.now();
    await save({ ...checkout, environments: { production: { ...production, on: false } } });
    const version = delivery.publisher.current('production', 'client')?.version ?? 0;
    expect(version).toBeGreaterThan(before);
    await stream.until(new RegExp(`data: {"version": ${version}}\n\n$`));
    expect(performance.now() - started).toBeLessThan(100);
    stream.res.destroy();
    await save(checkout);
  });

  it('says nothing of what another environment or kind of key gets', async () => {
    const staging = await listen('/sdk/v1/stream', bearer('ck_staging'));
    const client = await listen('/sdk/v1/stream', bearer('ck_1'));
    const whole = await listen('/sdk/v1/stream', bearer('sk_1'));
    await Promise.all([staging, client, whole].map((s) => s.until(/data/)));
    await save({ ...checkout, key: 'hidden', clientVisible: false, environments: {} });
    await whole.until(/data[^]*data/);
    expect(staging.text().match(/data/g)).toHaveLength(1);
    expect(client.text().match(/data/g)).toHaveLength(1);
    for (const { res } of [staging, client, whole]) res.destroy();
  });

  it('forgets who has left', async () => {
    const stream = await listen('/sdk/v1/stream', bearer('ck_1'));
    await stream.until(/data/);
    const open = delivery.streams();
    stream.res.destroy();
    await expect.poll(() => delivery.streams()).toBe(open - 1);
  });

  it('is closed to strangers', async () => {
    expect((await ask('/sdk/v1/stream?key=nobody')).status).toBe(401);
  });

  it('reaches a thousand listeners of one change', async () => {
    const many = await Promise.all(
      Array.from({ length: 1_000 }, () => listen('/sdk/v1/stream?key=ck_1')),
    );
    await Promise.all(many.map((s) => s.until(/data/, 10_000)));
    await save({
      ...checkout,
      environments: { production: { ...checkout.environments.production, off: 'one-page' } },
    });
    await Promise.all(many.map((s) => s.until(/data[^]*data/, 10_000)));
    expect(delivery.streams()).toBeGreaterThanOrEqual(1_000);
    for (const { res } of many) res.destroy();
  });

  it('ends every stream when the server closes', async () => {
    const stream = await listen('/sdk/v1/stream', bearer('ck_1'));
    await stream.until(/data/);
    const ended = new Promise((resolve) => {
      stream.res.once('end', resolve);
    });
    delivery.close();
    await ended;
    expect(delivery.streams()).toBe(0);
  });
});
