import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { checkout, metrics, onePage } from '../../support/definitions.ts';
import { asAdmin, call, startServer } from '../../support/server.ts';

/** A server with a running experiment, and a way to send it events of one unit. */
async function running() {
  const { url } = await startServer();
  const send = (route: string, body?: unknown) =>
    call(url, route, body === undefined ? {} : { body });
  await send('POST /api/flags', checkout);
  for (const metric of metrics) await send('POST /api/metrics', metric);
  await send('POST /api/experiments', onePage);
  await send('POST /api/experiments/one-page-checkout/start');
  const made = await send('POST /api/sdk-keys', {
    environment: 'production',
    kind: 'client',
    name: 'shop',
  });
  const headers = { authorization: `Bearer ${(made.body as { key: string }).key}` };
  /** As an SDK would: what a busy server turns away is sent again. */
  const log = async (...events: Record<string, unknown>[]) => {
    const sent = events.map((e) => Object.assign({ id: randomUUID(), unit: 'u1' }, e));
    const body = { sentAt: Date.now(), events: sent };
    await expect
      .poll(async () => (await call(url, 'POST /sdk/v1/events', { headers, body })).status, {
        timeout: 10_000,
      })
      .toBe(202);
  };
  return { url, send, log };
}
const exposed = {
  type: 'exposure',
  flag: 'checkout',
  experiment: 'one-page-checkout',
  variant: 'one-page',
  phase: 1,
};

it('the looking pages tell what came in, of whom, and what it counted in', async () => {
  const { send, log } = await running();
  const now = Date.now();
  await log(
    { type: 'track', at: now - 3_600_000, name: 'order_paid', value: 5 },
    { ...exposed, at: now - 60_000, attributes: { country: 'CN' } },
    {
      type: 'track',
      at: now - 30_000,
      name: 'order_paid',
      value: 251,
      properties: { currency: 'CNY' },
    },
    { type: 'track', at: now - 20_000, name: 'page_view' },
    { type: 'track', at: now + 2 * 86_400_000, name: 'order_paid' },
  );

  const recent = await send('GET /api/events/recent?environment=production');
  const items = (recent.body as { items: { name: string; marks: string[] }[] }).items;
  expect(new Set(items.map((i) => i.name))).toEqual(
    new Set(['order_paid', 'one-page-checkout', 'page_view']),
  );
  expect(items.find((i) => i.name === 'page_view')?.marks).toEqual(['unknownEvent']);

  await expect
    .poll(async () => (await send('GET /api/events/rejected?environment=production')).body)
    .toMatchObject({ items: [{ code: 'in_future' }] });

  expect((await send('GET /api/events/seen?environment=production')).body).toMatchObject({
    items: expect.arrayContaining([
      expect.objectContaining({
        name: 'order_paid',
        events: 2,
        hasValue: true,
        properties: ['currency'],
        metrics: ['conversion', 'revenue'],
      }),
    ]) as unknown,
  });

  const { body: activity } = await send('GET /api/events/activity?environment=production&days=3');
  const { exposures } = activity as { exposures: { experiment: string; exposures: number }[] };
  expect(exposures).toMatchObject([{ experiment: 'one-page-checkout', exposures: 1 }]);

  const { body: page } = await send('GET /api/units/userId/u1?environment=production');
  expect(page).toMatchObject({
    unitType: 'userId',
    unit: 'u1',
    assignments: [
      {
        experiment: 'one-page-checkout',
        variant: 'one-page',
        phase: 1,
        attributes: { country: 'CN' },
      },
    ],
    events: [
      {
        name: 'order_paid',
        counted: [
          { metric: 'conversion', counts: false, why: 'prePeriod' },
          { metric: 'revenue', counts: false, why: 'prePeriod' },
        ],
      },
      { name: 'one-page-checkout', variant: 'one-page', counted: [] },
      {
        name: 'order_paid',
        value: 251,
        counted: [
          { metric: 'conversion', counts: true, why: 'counted' },
          { metric: 'revenue', counts: true, why: 'counted' },
        ],
      },
      { name: 'page_view', counted: [] },
    ],
  });
});

it('an erased unit leaves a receipt and a hash in the audit, no more', async () => {
  const { send, log } = await running();
  await log({ ...exposed, at: Date.now() }, { type: 'track', at: Date.now(), name: 'order_paid' });
  expect((await send('DELETE /api/units/userId/u1')).body).toMatchObject({
    unitType: 'userId',
    events: 1,
    exposures: 1,
  });
  const { body } = await send('GET /api/units/userId/u1?environment=production');
  expect(body).toMatchObject({ events: [], assignments: [] });
});

it('explains over HTTP with the ruleset that the SDKs have', async () => {
  const { send } = await running();
  const asked = { environment: 'production', flag: 'checkout', context: { userId: 'u1' } };
  const { status, body } = await send('POST /api/explain', asked);
  expect([status, body]).toMatchObject([
    200,
    {
      reason: 'SPLIT',
      rule: 'one-page-checkout',
      steps: [
        { kind: 'on' },
        { kind: 'rule', outcome: 'served', why: 'split' },
        { kind: 'default' },
      ],
    },
  ]);
  const missing = await send('POST /api/explain', { ...asked, environment: 'producton' });
  expect([missing.status, missing.body]).toMatchObject([
    404,
    { detail: 'Unknown environment "producton"; did you mean "production"?' },
  ]);
});

it('shows events live, as they are accepted and rejected', async () => {
  const { url, log } = await running();
  const control = new AbortController();
  const stream = await fetch(`${url}/api/events/live?environment=production`, {
    headers: asAdmin,
    signal: control.signal,
  });
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const shown: { type: string; name: string; marks: string[] }[] = [];
  const reading = (async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const messages = text.split('\n\n');
      text = messages.pop() ?? '';
      for (const message of messages)
        if (message.startsWith('data: '))
          shown.push(JSON.parse(message.slice(6)) as (typeof shown)[number]);
    }
  })().catch(() => undefined);
  await log({ ...exposed, at: Date.now() }, { type: 'track', at: 5, name: 'order_paid' });
  await expect
    .poll(() => shown.map((s) => `${s.type} ${s.name}`), { timeout: 5_000 })
    .toEqual(expect.arrayContaining(['exposure one-page-checkout', 'rejected order_paid']));
  control.abort();
  await reading;
});
