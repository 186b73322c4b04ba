import { createServer, get, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { evaluate } from '@assay/sdk/evaluate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue } from '@assay/server/definitions/catalogue';
import { createDelivery, type Delivery } from '@assay/server/delivery/http';
import { checkout, freshCatalogue, noon } from '../../support/definitions.ts';

const keys = new Map([
  ['ck_1', { environment: 'production', kind: 'client' }],
  ['sk_1', { environment: 'production', kind: 'server' }],
  ['ck_gone', { environment: 'gone', kind: 'client' }],
] as const);
let catalogue: Catalogue;
let delivery: Delivery;
let origin: string;
let busy = false;
const server = createServer((req, res) => {
  if (!delivery.handle(req, res)) res.writeHead(418).end();
});

const rollout = {
  ...checkout,
  key: 'rollout',
  environments: {
    production: {
      on: true,
      off: 'classic',
      rules: [
        { id: 'vip', if: { segment: 'vips' }, variant: 'one-page' },
        {
          id: 'half',
          if: { attr: 'plan', op: 'exists' },
          split: [
            ['classic', 1],
            ['one-page', 1],
          ],
          salt: 'k3v9x1a',
          unit: 'userId',
        },
      ],
      default: { variant: 'classic' },
    },
  },
};
const off = {
  ...checkout,
  key: 'off',
  environments: {
    production: { on: false, off: null, rules: [], default: { variant: 'classic' } },
  },
};

beforeAll(async () => {
  ({ catalogue } = await freshCatalogue());
  delivery = createDelivery({
    catalogue,
    authenticate: (key) => keys.get(key as 'ck_1'),
    clock: Date.now,
    chance: () => 0.5,
    prefix: '/ab',
    isBusy: () => busy,
    bug(error) {
      throw error;
    },
  });
  await save('segments', { key: 'vips', name: 'VIPs', units: { unit: 'userId', ids: ['ada'] } });
  for (const flag of [checkout, rollout, off, { ...checkout, key: 'hidden', clientVisible: false }])
    await save('flags', flag);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  delivery.close();
  server.close();
});

async function save(
  kind: 'flags' | 'segments',
  body: { key: string; [member: string]: unknown },
): Promise<void> {
  await catalogue.change((now) => [
    {
      kind,
      key: body.key,
      expected: (kind === 'flags' ? now.flag(body.key) : now.segment(body.key))?.revision ?? null,
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

type Headers = Record<string, string>;
const bearer = (key: string): Headers => ({ Authorization: `Bearer ${key}` });

/** A request by bare HTTP: what is sent is what is written here. */
async function ask(
  path: string,
  {
    body = '',
    headers = bearer('sk_1'),
    method = 'POST',
  }: {
    body?: string | Buffer;
    headers?: Headers;
    method?: string;
  } = {},
) {
  const res = await new Promise<IncomingMessage>((resolve, reject) => {
    request(origin + path, { method, headers }, resolve)
      .on('error', reject)
      .end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of res) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const json = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  return { status: res.statusCode, headers: res.headers, json };
}
const evaluation = (context?: object) => JSON.stringify({ ...(context && { context }) });
const all = '/ofrep/v1/evaluate/flags';

describe('POST /ofrep/v1/evaluate/flags/{key}', () => {
  it('answers key, value, variant, reason and metadata', async () => {
    const { status, headers, json } = await ask(`${all}/checkout`, { body: evaluation() });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { version } = delivery.publisher.current('production', 'server') ?? {};
    expect(json).toEqual({
      key: 'checkout',
      value: 'classic',
      variant: 'classic',
      reason: 'DEFAULT',
      metadata: { flagSetId: 'production', version: String(version) },
    });
  });

  it('decides as the SDK does, targetingKey standing for a missing userId only', async () => {
    const { ruleset } = delivery.publisher.current('production', 'server') ?? {};
    if (ruleset === undefined) throw new Error('no ruleset');
    for (let i = 0; i < 40; i++) {
      const expected = evaluate(ruleset, 'rollout', { userId: `u${i}`, plan: 'pro' }, null);
      const byKey = { targetingKey: `u${i}`, plan: 'pro' };
      const byId = { targetingKey: 'someone', userId: `u${i}`, plan: 'pro' };
      for (const context of [byKey, byId]) {
        const { json } = await ask(`${all}/rollout`, { body: evaluation(context) });
        expect(json).toMatchObject({ variant: expected.variant, reason: 'SPLIT' });
      }
    }
  });

  it('leaves the value out where the flag leaves it to the caller', async () => {
    const { status, json } = await ask(`${all}/off`, { body: evaluation({ targetingKey: 'u1' }) });
    expect(status).toBe(200);
    expect(json).toMatchObject({ key: 'off', reason: 'DISABLED' });
    expect(json).not.toHaveProperty('value');
  });

  it.each([
    ['malformed JSON', 'checkout', '{"context":', 400, 'PARSE_ERROR'],
    ['no body', 'checkout', '', 400, 'PARSE_ERROR'],
    ['bytes that are not UTF-8', 'checkout', Buffer.from([0x22, 0xff, 0x22]), 400, 'PARSE_ERROR'],
    ['a body that is no object', 'checkout', '[]', 400, 'INVALID_CONTEXT'],
    ['a context that is no object', 'checkout', '{"context":"u1"}', 400, 'INVALID_CONTEXT'],
    [
      'a targetingKey that is no string',
      'checkout',
      '{"context":{"targetingKey":7}}',
      400,
      'INVALID_CONTEXT',
    ],
    [
      'a context of brackets',
      'checkout',
      `{"context":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      400,
      'INVALID_CONTEXT',
    ],
    [
      'a unit that is missing',
      'rollout',
      '{"context":{"plan":"pro"}}',
      400,
      'TARGETING_KEY_MISSING',
    ],
    ['an unknown flag', 'nowhere', '{}', 404, 'FLAG_NOT_FOUND'],
    ['a name that every object has', 'constructor', '{}', 404, 'FLAG_NOT_FOUND'],
    ['a path below a flag', 'checkout/more', '{}', 404, 'FLAG_NOT_FOUND'],
  ] as const)('tells %s apart', async (_, key, body, ...[status, errorCode]) => {
    const answer = await ask(`${all}/${key}`, { body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json).toMatchObject({ key, errorCode });
    expect(answer.json?.['errorDetails']).toMatch(/\.$/);
  });

  it('shows a client key no more than the flags that clients may see', async () => {
    const client = { headers: bearer('ck_1'), body: evaluation() };
    expect((await ask(`${all}/checkout`, client)).status).toBe(200);
    expect((await ask(`${all}/hidden`, client)).json).toMatchObject({
      errorCode: 'FLAG_NOT_FOUND',
    });
    expect((await ask(`${all}/hidden`, { body: evaluation() })).status).toBe(200);
  });

  it('decides for a client key with lists that never leave the server', async () => {
    const { json } = await ask(`${all}/rollout`, {
      headers: bearer('ck_1'),
      body: evaluation({ targetingKey: 'ada' }),
    });
    expect(json).toMatchObject({ variant: 'one-page', reason: 'TARGETING_MATCH' });
  });
});

describe('POST /ofrep/v1/evaluate/flags', () => {
  it('answers every flag, errors among them, and where to hear of changes', async () => {
    const { status, json } = await ask(all, {
      headers: bearer('ck_1'),
      body: evaluation({ plan: 'pro' }),
    });
    expect(status).toBe(200);
    expect(json).toEqual({
      flags: [
        {
          key: 'checkout',
          value: 'classic',
          variant: 'classic',
          reason: 'DEFAULT',
          metadata: { flagSetId: 'production' },
        },
        { key: 'off', reason: 'DISABLED', metadata: { flagSetId: 'production' } },
        {
          key: 'rollout',
          errorCode: 'TARGETING_KEY_MISSING',
          errorDetails:
            'The flag is split by a unit that the context lacks; targetingKey stands for userId.',
        },
      ],
      metadata: { flagSetId: 'production' },
      eventStreams: [
        {
          type: 'sse',
          endpoint: { requestUri: '/ab/ofrep/v1/stream?key=ck_1' },
          inactivityDelaySec: 120,
        },
      ],
    });
  });

  it('never puts a server key into an address', async () => {
    const { json } = await ask(all, { body: evaluation() });
    expect(json).not.toHaveProperty('eventStreams');
    expect(JSON.stringify(json)).not.toContain('sk_1');
    expect(JSON.stringify(json)).toContain('"hidden"');
  });

  it.each([
    ['{}'],
    ['{"context":{}}'],
    ['{"context":null}'],
    ['{"context":{"targetingKey":null}}'],
  ])('takes %s without a targetingKey', async (body) => {
    expect((await ask(all, { body })).status).toBe(200);
  });

  it('answers 304 to its ETag, weakened or not, for the same context alone', async () => {
    const ada = evaluation({ targetingKey: 'ada' });
    const { headers } = await ask(all, { body: ada });
    const etag = headers.etag ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const tag of [etag, `W/${etag}`]) {
      const again = await ask(`${all}?flagConfigEtag=x`, {
        body: ada,
        headers: { ...bearer('sk_1'), 'If-None-Match': tag },
      });
      expect([again.status, again.json, again.headers.etag]).toEqual([304, undefined, etag]);
    }
    const other = await ask(all, {
      body: evaluation({ targetingKey: 'bob' }),
      headers: { ...bearer('sk_1'), 'If-None-Match': etag },
    });
    expect(other.status).toBe(200);
    expect(other.headers.etag).not.toBe(etag);
  });

  it('keeps its ETag when something is published that changes nothing for the context', async () => {
    const before = await ask(all, { headers: bearer('ck_1'), body: evaluation() });
    await save('flags', { ...checkout, key: 'hidden', clientVisible: false, tags: ['new'] });
    await save('flags', { ...checkout, key: 'another', clientVisible: false });
    const after = await ask(all, { headers: bearer('ck_1'), body: evaluation() });
    expect(after.headers.etag).toBe(before.headers.etag);
  });

  it.each([
    ['no key', {}, 401],
    ['an unknown key', bearer('sk_2'), 401],
    ['an environment that is gone', bearer('ck_gone'), 403],
    ['a packed body', { ...bearer('sk_1'), 'Content-Encoding': 'gzip' }, 415],
  ])('refuses %s', async (_, headers, status) => {
    const answer = await ask(all, { headers, body: '{}' });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('takes the key as X-API-Key too, which OFREP names beside the bearer', async () => {
    expect((await ask(all, { headers: { 'X-API-Key': 'sk_1' }, body: '{}' })).status).toBe(200);
    expect((await ask(all, { headers: { 'X-API-Key': 'sk_2' }, body: '{}' })).status).toBe(401);
  });

  it.each([
    ['told in the head', { 'Content-Length': '70000' }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ])('refuses more than 64 KiB %s', async (_, length) => {
    const body = evaluation({ text: 'a'.repeat(70_000) }).slice(0, 70_000);
    const answer = await ask(all, { headers: { ...bearer('sk_1'), ...length }, body });
    expect([answer.status, answer.json?.['code']]).toEqual([413, 'too_large']);
    const most = `{"context":{"text":"${'a'.repeat(65_536 - 23)}"}}`;
    expect(most).toHaveLength(65_536);
    expect((await ask(all, { body: most })).status).toBe(200);
  });

  it('answers 429 with Retry-After while the server is busy', async () => {
    busy = true;
    try {
      const { status, headers } = await ask(all, { body: '{}' });
      expect([status, headers['retry-after']]).toEqual([429, '3']);
    } finally {
      busy = false;
    }
  });

  it('lets any page ask and read ETag and Retry-After', async () => {
    const { status, headers } = await ask(all, { method: 'OPTIONS', headers: {} });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers':
        'Authorization, X-API-Key, Content-Type, If-None-Match, Last-Event-ID, Cache-Control',
    });
    const answer = await ask(all, { headers: bearer('ck_1'), body: '{}' });
    expect(answer.headers['access-control-expose-headers']).toMatch(/ETag, Retry-After/);
  });

  it('takes no other method', async () => {
    expect((await ask(all, { method: 'GET' })).status).toBe(405);
    expect((await ask('/ofrep/v1/evaluate/other', { body: '{}' })).status).toBe(418);
  });
});

describe('GET /ofrep/v1/stream', () => {
  it('asks to fetch again on connecting and on every change, in unnamed events', async () => {
    const res = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${origin}/ofrep/v1/stream?key=ck_1`, resolve).on('error', reject);
    });
    expect(res.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    let text = '';
    res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const told = 'data: {"type": "refetchEvaluation"}\n\n';
    await expect.poll(() => text).toBe(`retry: 6000\n\n${told}`);
    // Hidden from clients, but it may decide what they get.
    await save('segments', { key: 'vips', name: 'VIPs', units: { unit: 'userId', ids: ['bob'] } });
    await expect.poll(() => text).toBe(`retry: 6000\n\n${told}${told}`);
    expect(delivery.streams()).toBe(1);
    res.destroy();
    await expect.poll(() => delivery.streams()).toBe(0);
  });

  it('refuses whoever the evaluation refuses', async () => {
    const refused = await ask('/ofrep/v1/stream?key=ck_2', { method: 'GET', headers: {} });
    expect(refused.status).toBe(401);
    const secret = await ask('/ofrep/v1/stream?key=sk_1', { method: 'GET', headers: {} });
    expect(secret.status).toBe(401);
  });
});
