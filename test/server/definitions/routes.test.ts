import { describe, expect, it } from 'vitest';
import { checkout, metrics, onePage } from '../../support/definitions.ts';
import { asAdmin, call, startServer } from '../../support/server.ts';

async function started() {
  const { url } = await startServer();
  const send = (route: string, body?: unknown, ifMatch?: string) =>
    call(url, route, {
      ...(body !== undefined && { body }),
      headers: { ...asAdmin, ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    });
  return { url, send };
}

describe('definitions over HTTP', () => {
  it('go through their life: made, read, changed, listed, archived, brought back', async () => {
    const { send } = await started();
    const made = await send('POST /api/flags', checkout);
    expect([made.status, made.body]).toMatchObject([201, { key: 'checkout', revision: 1 }]);

    const read = (await send('GET /api/flags/checkout')).body as object;
    const put = await send(
      'PUT /api/flags/checkout?reason=clearer',
      { ...read, name: 'Till' },
      '"1"',
    );
    expect([put.status, put.body]).toMatchObject([200, { name: 'Till', revision: 2 }]);

    expect((await send('GET /api/flags?q=till')).body).toMatchObject({
      items: [{ key: 'checkout', updatedBy: 'ASSAY_ADMIN_TOKEN' }],
      next: null,
    });
    expect((await send('GET /api/flags/checkout/revisions')).body).toMatchObject({
      items: [
        {
          revision: 2,
          reason: 'clearer',
          changes: [{ path: 'name', before: 'Checkout', after: 'Till' }],
        },
        { revision: 1, changes: [] },
      ],
    });
    expect((await send('DELETE /api/flags/checkout')).body).toMatchObject({ archived: true });
    const back = await send('POST /api/flags/checkout/revert', { revision: 1 });
    expect(back.body).toMatchObject({ name: 'Checkout', archived: false, revision: 4 });
  });

  it('answer every kind of the seven', async () => {
    const { send } = await started();
    const bodies = {
      environments: { key: 'qa' },
      flags: checkout,
      segments: { key: 'vip', if: { attr: 'plan', op: 'eq', value: 'pro' } },
      layers: { key: 'pages' },
      holdouts: { key: 'global', share: 5_000 },
      metrics: metrics[0],
      experiments: { ...onePage, metrics: { primary: 'conversion' } },
    };
    for (const [kind, body] of Object.entries(bodies)) {
      const made = await send(`POST /api/${kind}`, body);
      expect([kind, made.status]).toEqual([kind, 201]);
      const { key } = made.body as { key: string };
      const put = await send(`PUT /api/${kind}/${key}`, made.body, '"1"');
      expect([kind, put.status, put.body]).toMatchObject([kind, 200, { revision: 2 }]);
      const list = (await send(`GET /api/${kind}`)).body as { items: { key: string }[] };
      expect(list.items.map((i) => i.key)).toContain(key);
    }
  });

  it.each([
    [undefined, 428, 'invalid', 'If-Match is missing'],
    ['"7"', 412, 'conflict', 'is at revision 1, the change was made to 7'],
    ['seven', 400, 'invalid', 'must be one revision in quotes'],
  ])('with If-Match %s answer %i', async (ifMatch, ...[status, code, detail]) => {
    const { send } = await started();
    await send('POST /api/flags', checkout);
    const answer = await send('PUT /api/flags/checkout', checkout, ifMatch);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status, code, ...(status !== 400 && { revision: 1 }) });
    expect((answer.body as { detail: string }).detail).toContain(detail);
  });

  it('tell where a fault is, what came, and the bound', async () => {
    const { send } = await started();
    await send('POST /api/flags', checkout);
    const shape = await send('POST /api/experiments', { ...onePage, coverage: 100_001 });
    expect([shape.status, shape.body]).toMatchObject([
      400,
      {
        code: 'invalid',
        errors: [{ path: 'coverage', message: 'is 100001, must be at most 100000' }],
      },
    ]);
    const sense = await send('POST /api/experiments', {
      ...onePage,
      metrics: {},
      control: 'clasic',
      timeZone: 'Mars',
    });
    expect(sense.body).toMatchObject({
      code: 'invalid',
      errors: [
        { path: 'control', message: 'Unknown variant "clasic"; did you mean "classic"?' },
        { path: 'timeZone' },
      ],
    });
  });

  it('carry an experiment from plan to decision', async () => {
    const { send } = await started();
    await send('POST /api/flags', checkout);
    for (const metric of metrics) await send('POST /api/metrics', metric);
    const at = '/api/experiments/one-page-checkout';
    await send('POST /api/experiments', { ...onePage, hypothesis: {} });
    expect((await send(`GET ${at}/checklist`)).body).toMatchObject({ ready: false });
    const early = await send(`POST ${at}/start`);
    expect([early.status, early.body]).toMatchObject([400, { errors: [{ path: 'hypothesis' }] }]);

    await send(`PUT ${at}`, onePage, '"1"');
    expect((await send(`GET ${at}/checklist`)).body).toMatchObject({ ready: true });
    const running = await send(`POST ${at}/start`);
    expect([running.status, running.body]).toMatchObject([200, { status: 'running' }]);
    expect((running.body as { salt: string }).salt).toMatch(/^[a-z0-9]{7}$/);

    const locked = await send(`PUT ${at}`, { ...onePage, control: 'one-page' }, '"3"');
    expect([locked.status, locked.body]).toMatchObject([
      409,
      { code: 'locked', errors: [{ path: 'control' }] },
    ]);
    const used = await send('DELETE /api/metrics/conversion');
    expect([used.status, used.body]).toMatchObject([
      409,
      { code: 'conflict', users: ['experiment "one-page-checkout" (running)'] },
    ]);
    expect((await send(`POST ${at}/ramp`, { coverage: 50_000 })).body).toMatchObject({
      phases: [{ number: 1 }, { number: 2 }],
    });
    const amended = await send(`POST ${at}/amend`, {
      reason: 'longer',
      changes: { 'plan.days': 28 },
    });
    expect(amended.body).toMatchObject({ amendments: [{ reason: 'longer' }] });
    expect((await send(`POST ${at}/stop`)).body).toMatchObject({ status: 'stopped' });
    const done = await send(`POST ${at}/decide`, { outcome: 'ship', note: 'It won.' });
    expect(done.body).toMatchObject({ status: 'decided', decision: { variant: 'one-page' } });
    expect((await send('GET /api/flags/checkout')).body).toMatchObject({
      environments: { production: { default: { variant: 'one-page' }, rules: [] } },
    });
  });
});
